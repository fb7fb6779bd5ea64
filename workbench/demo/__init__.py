"""The whole story in one go: three releases of the sample application to the local AWS, with the real SAM CLI.

`project` is the copy that is released, `edits` what is changed in it, `releases` building and deploying it, `stage`
how it is told, `story` the order. Nothing outside the demo's own folder is written.
"""
