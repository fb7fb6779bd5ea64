"""The pictures of the documentation, drawn from a real run of the demo: `python -m workbench.pictures`.

Owns how a terminal looks as SVG, and which pages are shown. The terminal's pictures hold no link to anything: fonts are
those of the reader.
"""

from __future__ import annotations

import tempfile
from io import StringIO
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME

from workbench import screenshots
from workbench.demo import refusal
from workbench.demo.run import STACK, run
from workbench.demo.stage import Stage
from workbench.local_aws.console import PREFIX
from workbench.local_aws.server import LocalAws
from workbench.render import ROOT

PICTURES = ROOT / "docs" / "pictures"
CHAPTERS = {1: "first-release", 2: "improvement", 3: "refusal"}
_WIDTH = 84
_TEMPLATE = """\
<svg class="rich-terminal" viewBox="0 0 {width} {height}" xmlns="http://www.w3.org/2000/svg">
<style>
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, Menlo, Consolas, monospace; line-height: {line_height}px; \
font-variant-east-asian: full-width; }}
.{unique_id}-title {{ font: bold 18px system-ui, sans-serif; }}
{styles}
</style>
<defs><clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>{lines}</defs>
{chrome}
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix">{matrix}</g>
</g>
</svg>
"""


def draw(folder: Path = PICTURES) -> None:
    """Plays the demo, draws each of its chapters, and shows its pages."""
    folder.mkdir(parents=True, exist_ok=True)
    console = Console(file=StringIO(), record=True, width=_WIDTH, highlight=False, emoji=False, markup=False)

    def keep_the_chapter_before(number: int) -> None:
        drawn = console.export_svg(title="fitness demo", theme=SVG_EXPORT_THEME, code_format=_TEMPLATE, unique_id="t")
        name = CHAPTERS.get(number - 1)
        if name:
            (folder / f"{name}.svg").write_text(drawn, encoding="utf-8")

    with tempfile.TemporaryDirectory() as work:
        run(Stage(console, keep_the_chapter_before), Path(work), after=lambda aws: show_pages(aws, Path(work), folder))


def show_pages(aws: LocalAws, work: Path, folder: Path) -> None:
    """The pages that the demo in the folder `work` has filled: the local console, and the report of its refusal."""
    report = work / "report.html"
    report.write_text(refusal.report(work), encoding="utf-8")
    console = f"{aws.url}{PREFIX}/{aws.options.region}/stack?name={STACK}&window=15m"
    with screenshots.chromium() as browser:
        screenshots.take(browser, report.as_uri(), folder, "report")
        screenshots.take(browser, console, folder, "console", height=900)


if __name__ == "__main__":
    draw()
