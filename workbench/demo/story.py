"""The story of the demo: a first release, an improvement that is accepted, a treacherous change that is refused.

Owns the order and the words. What is told of a release is read back from the local AWS afterwards; if that is not what
the story needs, it ends with a `UserError` instead of telling it all the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from fitness import catalogue
from fitness.catalogue import Catalogue
from fitness.scorecard import Scorecard

from workbench.demo import edits
from workbench.demo.facts import Facts, Run, plain_average, scorecard_of
from workbench.demo.project import Project
from workbench.demo.releases import SamCli
from workbench.demo.stage import Stage
from workbench.problems import UserError
from workbench.reports import bars, findings
from workbench.reports.formats import Page, render
from workbench.reports.layout import entry, headline
from workbench.reports.wording import clean, number, signed

_DIFF_LINES = 22
_FIXES = 3


@dataclass(frozen=True)
class Story:
    """What the chapters work with."""

    stage: Stage
    page: Page
    project: Project
    sam: SamCli
    facts: Facts
    scorecards: Path

    @property
    def catalogue(self) -> Catalogue:
        return catalogue.load(self.project.rules.read_text(encoding="utf-8"), "rules.yaml")


def tell(story: Story) -> None:
    """All three chapters.

    Raises:
        UserError: something did not go as it must.
    """
    first = _first_release(story)
    better = _improvement(story, first)
    _treachery(story, better)
    for key, text in story.facts.runs():
        _write(story.scorecards.parent / key, text)


def _first_release(story: Story) -> Scorecard:
    stage = story.stage
    stage.chapter("A first release")
    stage.say("The sample application has two buckets and two tables, one of each well protected and one not.")
    _release(story, "1")
    with stage.doing("Config evaluates, the recorder accepts"):
        run = story.facts.accepted()
    card = scorecard_of(run, story.catalogue, None)
    _keep(story, "1-first", run, card)
    stage.show(bars.figures(card, story.page))
    stage.say("\nWhat to fix first, by points to win:")
    stage.show(entry(signed(fix.gain), f"{fix.rule.title}: {_paths(fix)}", 5) for fix in findings.fixes(card)[:_FIXES])
    return card


def _improvement(story: Story, first: Scorecard) -> Scorecard:
    stage, facts = story.stage, story.facts
    stage.chapter("An improvement")
    stage.say("UnencryptedBucket gets a KMS key and keeps old versions; a line of code changes as well.\n")
    stage.show_diff(story.project.edit("template.yaml", edits.protect_a_bucket), _DIFF_LINES)
    stage.show_diff(story.project.edit("src/first.py", lambda code: edits.stamp(code, "seconds")), _DIFF_LINES)
    baseline, metric_before = facts.records.baseline(), facts.fitness_metric()
    if not _release(story, "2"):
        raise UserError(f"The improvement was refused; see {story.sam.logs}.")
    run = facts.judged_by_hook()
    card = scorecard_of(run, story.catalogue, baseline)
    _keep(story, "2-improvement", run, card)
    _show_verdict(story, card, run)
    with stage.doing("The recorder accepts"):
        facts.accepted(since=first.snapshot.taken_at)
    stage.say(f"CloudWatch: the metric Fitness was {number(metric_before)} and is {number(facts.fitness_metric())}.")
    return card


def _treachery(story: Story, before: Scorecard) -> None:
    stage, facts = story.stage, story.facts
    stage.chapter("A treacherous change")
    stage.say("EncryptedBucket is opened to everyone, and ten good buckets are added beside it.\n")
    stage.show_diff(story.project.edit("template.yaml", edits.publish_a_bucket), _DIFF_LINES)
    stage.show_diff(story.project.edit("template.yaml", edits.add_good_buckets), 6)
    story.project.edit("src/first.py", lambda code: edits.stamp(code, "milliseconds"))
    baseline = facts.records.baseline()
    if _release(story, "3"):
        raise UserError(f"The treacherous change was not refused; see {story.sam.logs}.")
    run = facts.judged_by_hook()
    card = scorecard_of(run, story.catalogue, baseline)
    _keep(story, "3-treachery", run, card)
    _show_averages(story, before, card)
    _show_verdict(story, card, run)
    _show_rollback(story)


def _show_verdict(story: Story, card: Scorecard, run: Run) -> None:
    story.stage.say("")
    story.stage.show([headline(card.verdict.outcome, clean(card.verdict.sentence))])
    change = card.judgement.change
    points = f" ({signed(change.like_for_like)} points, like for like)" if change and change.like_for_like else ""
    story.stage.say(f"CodeDeploy was told {run['answer']}{points}.")


def _show_averages(story: Story, before: Scorecard, after: Scorecard) -> None:
    plain = (plain_average(before), plain_average(after))
    fitness = (before.figures.fitness or Fraction(), after.figures.fitness or Fraction())
    levels = f"the plain average from {_move(plain)}, the fitness from {_move(fitness)}"
    risen = plain[0] < plain[1] and fitness[0] < fitness[1]
    claim = "Every level would rise" if risen else "The levels would go"
    story.stage.say(f"\n{claim}: {levels}. The gate compares pair by pair:")


def _move(levels: tuple[Fraction, Fraction]) -> str:
    return f"{number(levels[0])} to {number(levels[1])}"


def _show_rollback(story: Story) -> None:
    facts, stage = story.facts, story.stage
    if facts.is_public("EncryptedBucket") or facts.has("GoodBucket1"):
        raise UserError(f"The stack was not rolled back: it is {facts.status()}.")
    stage.say(f"CloudFormation: {clean(facts.refusal())}", style="bright_black")
    stage.say(f"The stack is {facts.status()}: EncryptedBucket is private again, the ten buckets are gone.")


def _release(story: Story, number_: str) -> bool:
    with story.stage.doing("sam build"):
        story.sam.build(f"{number_}-build.log")
    with story.stage.doing("sam deploy"):
        return story.sam.deploy(f"{number_}-deploy.log")


def _paths(fix: findings.Fix) -> str:
    return ", ".join(clean(pair.resource) for pair in fix.pairs)


def _keep(story: Story, name: str, run: Run, card: Scorecard) -> None:
    _write(story.scorecards / f"{name}.json", json.dumps(run["scorecard"], indent=2) + "\n")
    _write(story.scorecards / f"{name}.html", render(card, "html", Page()))


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
