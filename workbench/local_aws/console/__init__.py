"""The console: pages to look at Config beside the fitness metric, as a user does on AWS.

`Console` is the WSGI application under `/_console`; the same values are JSON under `/_console/api`. It reads as any
user's tool does, through ordinary clients; the views (`stacks`, `releases`, `chart`, `rules`, `resources`) are pure.
"""

from workbench.local_aws.console.http import PREFIX, Console

__all__ = ["PREFIX", "Console"]
