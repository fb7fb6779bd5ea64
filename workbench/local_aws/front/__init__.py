"""What every request passes on its way to a service, and every answer on its way back, whichever service it is.

`endpoint` is the way itself; `addressing` and `request` tell what is asked of whom, `protocol` and `cbor` speak the
languages of AWS, `errors` and `plain_errors` answer where no service does.
"""
