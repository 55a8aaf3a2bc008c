"""report.html: one file with figures, their data, and how they were made. It asks nothing of the network."""

from collections.abc import Callable

from markupsafe import Markup

from bot.care.research.cells import SMALLEST
from bot.research.counting import Source
from bot.research.figure import Cell, Figure
from bot.research.figures import all_of_use
from bot.research.figures_talk import all_of_talk
from bot.research.papers import Export, environment


def write(export: Export, done: Callable[[int, int], None]) -> None:
    source = Source(export.folder)
    figures: list[Figure] = []
    for number, some in enumerate((all_of_use, all_of_talk), 1):
        figures += some(export, source)
        done(number, 2)
    page = environment().get_template("report.html.j2")
    text = page.render(
        export=export, study=export.study, figures=figures, cell=_cell, svg=lambda figure: Markup(figure.svg),  # noqa: S704 - our own drawing
        smallest=SMALLEST, versions=export.program.versions, demo=export.program.demo, counts=export.counts,
    )  # fmt: skip
    (export.folder / "report.html").write_text(text, encoding="utf-8")


def _cell(value: Cell) -> str:
    if value is None:
        return "hidden"
    return value.replace("_", " ") if isinstance(value, str) else f"{value:,}"
