"""What the documentation says can be typed, can be typed; what it says comes out, comes out."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from tests.e2e.docs.commands import ci_steps, typed
from workbench.cli import fitness
from workbench.exits import Exit
from workbench.render import ROOT
from workbench.reports.formats import FORMATS

pytestmark = pytest.mark.slow
README, CI, LOCAL = ROOT / "README.md", ROOT / "docs" / "ci.md", ROOT / "docs" / "local.md"
HOOKS = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
OFFLINE = ("preview", "explain", "check")
SHIPPED = ("template.yaml", "samconfig.toml", "rules.yaml", "config-rules", "hook", "src")


def understood(arguments: list[str]) -> None:
    """Lets the command line parse arguments without running them; raises click's UsageError."""
    context: click.Context = fitness.make_context("fitness", arguments)
    while isinstance(context.command, click.Group):
        name, command, rest = context.command.resolve_command(context, [*context.protected_args, *context.args])
        assert command is not None
        context = command.make_context(name, rest, parent=context)


@pytest.mark.parametrize(
    "line", [*typed(README, "fitness"), *typed(CI, "fitness"), *ci_steps(CI), *typed(LOCAL, "fitness")]
)
def test_each_command_is_understood(line: str) -> None:
    understood(shlex.split(line.split(" >> ")[0])[1:])


@pytest.mark.parametrize("line", sorted(set(typed(README, "make"))))
def test_each_target_exists(line: str) -> None:
    subprocess.run(["make", "-n", *shlex.split(line)[1:]], cwd=ROOT, check=True, capture_output=True)  # noqa: S603, S607


@pytest.fixture(scope="module")
def application(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample application as a clone with a branch `origin/main`, where a change has just been committed."""
    upstream, clone = tmp_path_factory.mktemp("upstream"), tmp_path_factory.mktemp("clone") / "application"
    for name in SHIPPED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, upstream / name)
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@b.example", "-c", "init.defaultBranch=main"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "First"], ["clone", "-q", str(upstream), str(clone)]):
        subprocess.run([*git, *words], cwd=upstream, check=True)  # noqa: S603
    return clone


def shell(line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    branches = {"GITHUB_BASE_REF": "main", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | branches | {"PATH": path, "GITHUB_STEP_SUMMARY": str(folder / "summary.md")}
    return subprocess.run(  # noqa: S602 - the documentation's own lines
        line, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("line", [line for line in typed(README, "fitness") if line.split()[1] in OFFLINE])
def test_each_offline_command_of_the_readme_runs(line: str, application: Path) -> None:
    done = shell(line, application)
    assert done.returncode in (Exit.SUCCESS, Exit.FAIL, Exit.INCONCLUSIVE), done.stderr
    assert done.stdout


@pytest.mark.parametrize("line", ci_steps(CI))
def test_each_step_of_a_pipeline_lets_a_harmless_change_pass(line: str, application: Path) -> None:
    done = shell(line, application)
    assert done.returncode == Exit.SUCCESS, done.stderr


def test_a_pipeline_comments_with_what_it_wrote(application: Path) -> None:
    (write,) = [line for line in ci_steps(CI) if "fitness.md" in line]
    assert shell(write, application).returncode == Exit.SUCCESS
    assert (application / "fitness.md").read_text().startswith("<!-- config-fitness -->")
    assert CI.read_text().count("--body-file fitness.md") == 1


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_each_pre_commit_hook_runs(hook: dict[str, str], application: Path) -> None:
    assert shell(hook["entry"], application).returncode == Exit.SUCCESS


def test_the_pre_commit_snippet_names_the_hooks_that_there_are() -> None:
    assert re.findall(r"- id: ([\w-]+)", CI.read_text()) == [hook["id"] for hook in HOOKS]


def test_the_readme_names_every_exit_code_and_every_format() -> None:
    text = README.read_text()
    codes = {int(code) for code in re.findall(r"^\| (\d) \|", text, re.MULTILINE)}
    assert codes == set(Exit) - {Exit.INTERRUPTED}
    table = text.partition("| format | for |")[2].partition("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE)) == set(FORMATS)


@pytest.mark.parametrize("page", [README, CI, LOCAL], ids=lambda page: page.name)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    targets = [target for target in re.findall(r"\]\(([^)]+)\)", page.read_text()) if "://" not in target]
    assert [target for target in targets if not (page.parent / target).exists()] == []
