"""`fitness demo`: the whole story in one go."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="The whole story in one go, on this laptop.")
@click.option(
    "--directory",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(".local/demo"),
    show_default=True,
    help="Where the copy of the application, the logs and the scorecards go; it is emptied first.",
)
@click.option("--keep", is_flag=True, help="Leave AWS up at the end, until Ctrl-C, to look around.")
def command(*, directory: Path, keep: bool) -> None:
    """Release the sample application three times to an AWS on this laptop: as it is, improved, made worse."""
    from rich.console import Console

    from workbench.delivery import page_of_stdout
    from workbench.demo.run import run
    from workbench.demo.stage import Stage
    from workbench.local import end_like_ctrl_c, stay_up

    end_like_ctrl_c()
    page = page_of_stdout()
    console = Console(width=page.width, no_color=not page.colour, highlight=False, emoji=False, markup=False)
    run(Stage(console), directory, after=stay_up if keep else None)
