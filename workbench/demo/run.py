"""The demo from its first line to its last: starts the local AWS, tells the story, says how to go on."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from workbench.demo import edits, project
from workbench.demo.facts import Facts
from workbench.demo.releases import SamCli
from workbench.demo.stage import Stage
from workbench.demo.story import Story, tell
from workbench.isolation import forget_accounts
from workbench.local import exports
from workbench.local_aws.server import LocalAws, Options
from workbench.render import ROOT
from workbench.reports.formats import Page

STACK = "config-fitness"


def run(stage: Stage, folder: Path, root: Path = ROOT, *, after: Callable[[LocalAws], None] | None = None) -> None:
    """Plays the demo of the application in `root`, in `folder`, which is emptied first.

    Args:
        stage: where it is told.
        folder: where the copy of the application, logs and scorecards go.
        root: where the application is.
        after: what happens at the end, while AWS is still up.

    Raises:
        UserError: something did not go as it must.
    """
    forget_accounts()
    shutil.rmtree(folder, ignore_errors=True)
    copied = project.copy(root, folder / "project")
    copied.edit("rules.yaml", edits.settle_soon)
    _log_to(folder / "logs" / "aws.log")
    with stage.doing("AWS starts on this machine"):
        aws = LocalAws(Options(recording_delay=1.0))
        aws.start()
    try:
        tell(_story(stage, copied, folder, aws))
        _how_to_go_on(stage, folder, keeps_running=after is not None)
        if after:
            after(aws)
    finally:
        aws.stop()


def _story(stage: Stage, copied: project.Project, folder: Path, aws: LocalAws) -> Story:
    return Story(
        stage=stage,
        page=Page(width=stage.width - 2),
        project=copied,
        sam=SamCli(copied.folder, folder / "logs", exports(aws)),
        facts=Facts(aws.client, STACK),
        scorecards=folder / "scorecards",
    )


def _log_to(file: Path) -> None:
    """What the local AWS has to say stays out of the story."""
    file.parent.mkdir(parents=True, exist_ok=True)
    logger = logging.getLogger("workbench.local_aws")
    logger.addHandler(logging.FileHandler(file, encoding="utf-8"))
    logger.propagate = False


def _how_to_go_on(stage: Stage, folder: Path, *, keeps_running: bool) -> None:
    stage.chapter("Go on by hand")
    stage.say(f"Scorecards      {folder}/scorecards (the refusal to look at: 3-treachery.html)")
    stage.say(f"Every run       {folder}/runs")
    stage.say(f"Logs            {folder}/logs")
    if not keeps_running:
        stage.say(f"One terminal    {_activate()}fitness local up")
    stage.say(f"Another         {_activate()}cd {folder}/project; type the exports; then")
    stage.say(f"                sam build && sam deploy; fitness score {STACK}")


def _activate() -> str:
    """How `fitness` and `sam` get onto the PATH, if they are in a virtual environment."""
    here = os.path.relpath(sys.prefix)
    return "" if sys.prefix == sys.base_prefix else f". {here}/bin/activate; "
