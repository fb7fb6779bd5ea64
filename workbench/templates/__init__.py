"""Reading SAM and CloudFormation templates exactly, offline.

The way of a template: `load` (text to `Document`), `prepare` (parameters, transforms, conditions: `Prepared`),
`resolve` (intrinsic functions, through the callbacks of a `Scope`). The local AWS answers the callbacks with real
physical ids and attributes; the preview answers with stand-ins and leaves what nobody can know as
`workbench.resources.Unknown`. Every mistake in a template is an `InvalidTemplate` with its line and column.
"""

from workbench.templates.conditions import evaluate_conditions, exists
from workbench.templates.document import Document, load
from workbench.templates.errors import InvalidTemplate, Path, Place
from workbench.templates.intrinsics import resolve
from workbench.templates.parameters import parameter_values
from workbench.templates.preparation import Prepared, evaluated, prepare
from workbench.templates.references import creation_order, dependencies
from workbench.templates.scope import Scope, pseudo_parameters
from workbench.templates.transform import macros, transform

__all__ = [
    "Document",
    "InvalidTemplate",
    "Path",
    "Place",
    "Prepared",
    "Scope",
    "creation_order",
    "dependencies",
    "evaluate_conditions",
    "evaluated",
    "exists",
    "load",
    "macros",
    "parameter_values",
    "prepare",
    "pseudo_parameters",
    "resolve",
    "transform",
]
