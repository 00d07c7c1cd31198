"""The report as one HTML page: heat map of offices, bars of fields, what gaps cost."""

from collections.abc import Sequence

from mutasi.i18n import has_words
from mutasi.quality import Dimension, Severity
from pipelines.pages.document import Words, document
from pipelines.pages.drawing import Drawings
from pipelines.pages.figure import Figure
from pipelines.quality.schema import CheckFigures, Cost, DimensionFigures, KindCost, Report

TEMPLATE = "quality.html.j2"
SECTION = "quality"

SHOWN = 25
"""Offices and fields that are shown at once; the others are folded."""

SHADES = (0.99, 0.95, 0.9, 0.8)
"""Scores below which a cell of the heat map is a shade darker."""

NAMES = 10
"""Names at the top of a list that are looked at."""

WORTH_TELLING = 0.005
"""Share of a T point, or of a chance, below which a cost of today is not told."""


def page(report: Report, language: str) -> str:
    """Return the report as HTML."""
    words = Words(language, SECTION)
    return document(
        TEMPLATE,
        words,
        {} if report.cost is None else drawn(report.cost, words),
        report=report,
        dimensions=tuple(Dimension),
        shown=SHOWN,
        shade=shade,
        cell=lambda figure, spec: cell(figure, spec, words),
        headline=headline(report, words),
        totals=words.say(
            "totals",
            rows=sum(report.faulty.values()),
            **{severity.value: report.faulty[severity] for severity in Severity},
        ),
        checks=failing(report),
        sound=[each for each in report.checks if each.asked and not each.faulty],
        unasked=[each for each in report.checks if not each.asked],
        most=max((sum(each.faulty.values()) for each in report.fields), default=0),
        table_name=lambda table: table_name(table, words),
        share=share,
        sentences=[] if report.cost is None else sentences(report.cost, words),
        names=NAMES,
        notes=[words.say(f"note.{each.code}", **each.facts) for each in report.notes],
    )


def headline(report: Report, words: Words) -> str:
    """Return the first sentence: how many people have a record to mend."""
    if not report.serving:
        return words.say("headline_none")
    return words.say(
        "headline",
        share=report.people_with_gap / report.serving,
        count=report.people_with_gap,
        serving=report.serving,
        urgent=report.people_at_risk,
    )


def failing(report: Report) -> list[CheckFigures]:
    """Return the checks with faults: the gravest first, and among them those that fail most."""
    grave = [*Severity]
    found = [each for each in report.checks if each.faulty]
    return sorted(found, key=lambda each: (grave.index(each.severity), -share(each)))


def shade(score: float | None) -> str:
    """Return the class of a cell of the heat map: ``s0`` all well to ``s4``, ``none`` unasked.

    >>> shade(1.0), shade(0.85), shade(None)
    ('s0', 's3', 'none')
    """
    return "none" if score is None else f"s{sum(score < bound for bound in SHADES)}"


def share(figures: CheckFigures | DimensionFigures) -> float:
    """Return the share of questions that were answered badly."""
    return figures.faulty / figures.asked if figures.asked else 0.0


def table_name(table: str, words: Words) -> str:
    """Return what a table is called."""
    key = f"table.{table}"
    return words.say(key) if has_words(f"{SECTION}.{key}", words.language) else table


def cell(figure: Figure | None, spec: str, words: Words) -> tuple[str, str]:
    """Return a figure, and its interval or nothing."""
    if figure is None:
        return words.num(None, spec), ""
    if figure.low is None or figure.high is None:
        return words.num(figure.value, spec), ""
    return words.num(figure.value, spec), (
        f"{words.num(figure.low, spec)} … {words.num(figure.high, spec)}"
    )


def drawn(cost: Cost, words: Words) -> dict[str, str]:
    """Return the drawings of what gaps cost."""
    drawings = Drawings(words.num)
    lacking = [each.kind for each in cost.kinds if each.missing]
    labels = {each.kind: words.say(f"kind.{each.kind}") for each in cost.kinds}
    found = {}
    for name, spec in (("performance", ".2f"), ("replaced", ".0%")):
        figures = {each.kind: getattr(each, name) for each in cost.kinds}
        known = {kind: figure for kind, figure in figures.items() if figure is not None}
        if known:
            ordered = dict(sorted(known.items(), key=lambda pair: -(pair[1].value or 0.0)))
            axis = words.say(f"cost.{name}_axis")
            found[name] = drawings.dots(name, ordered, labels, axis, spec, lacking)
    return found


def sentences(cost: Cost, words: Words) -> list[str]:
    """Return what gaps cost in plain words, the most important first."""
    said = []
    by_names = _largest(cost.kinds, "replaced")
    if by_names is not None:
        kind, value = by_names
        name = words.say(f"kind.{kind.kind}")
        said.append(words.say("cost.worst", kind=name, names=NAMES * value))
    by_points = _largest(cost.kinds, "performance")
    if by_points is not None:
        kind, value = by_points
        name = words.say(f"kind.{kind.kind}")
        said.append(words.say("cost.worst_performance", kind=name, points=value))
    now = max(cost.kinds, key=_today, default=None)
    if now is None or _today(now) < WORTH_TELLING:
        said.append(words.say("cost.nothing_today"))
    else:
        name = words.say(f"kind.{now.kind}")
        said.append(words.say("cost.today", kind=name, missing=now.missing))
    never = [words.say(f"kind.{each.kind}") for each in cost.kinds if not each.pairs]
    if never:
        said.append(words.say("cost.never", kinds=", ".join(never)))
    return said


def _largest(kinds: Sequence[KindCost], name: str) -> tuple[KindCost, float] | None:
    known = [(each, getattr(each, name)) for each in kinds]
    values = [(each, figure.value) for each, figure in known if figure is not None]
    return max(values, key=lambda pair: pair[1] or 0.0, default=None)


def _today(kind: KindCost) -> float:
    """Return how many of the first names the gaps of today would replace, roughly."""
    return 0.0 if kind.replaced is None else (kind.replaced.value or 0.0) * (kind.missing or 0.0)
