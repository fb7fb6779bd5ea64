"""A first catalogue for an application that exists, and what to add to its template.

The way of `fitness init`: `starter.yaml` holds the rules to choose from, `starter` reads it entry by entry, `draft`
writes those of the application's types with what a preview says of each, `snippet` writes what the template needs, and
`code` copies what that deploys.
"""
