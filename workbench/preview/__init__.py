"""What Config would say once a template is deployed: the application is read, judged offline and scored.

The way of a preview: `workbench.templates.application` reads resources, `findings` judges every expected pair,
`scorecards` scores and decides with the functions that judge a deployed stack, `run` puts it together for the command
line. What nobody can know before deployment is INSUFFICIENT_DATA with its reason, never a guess.
"""

from workbench.preview.findings import PlacedFinding
from workbench.preview.run import Preview, Request, run

__all__ = ["PlacedFinding", "Preview", "Request", "run"]
