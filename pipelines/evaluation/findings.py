"""The first page in plain sentences: six questions, each with its answer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from models.fairness import Concern
from pipelines.evaluation.lights import asked
from pipelines.evaluation.schema import Report, Verdict
from pipelines.evaluation.schema_fairness import Group
from pipelines.evaluation.wording import Words
from pipelines.pages.figure import Figure

NAMED = 3
"""How many groups, or figures, a sentence names."""

PARTS = {
    "predictions": "performance",
    "chances": "acceptance",
    "intervals": "performance",
    "worth": "worth",
    "fairness": "fairness",
    "since": "since",
}
"""Part of the report that says more on each question."""


@dataclass(frozen=True)
class Finding:
    """One question of the first page.

    Attributes:
        topic: Which: predictions, chances, intervals, worth, fairness, since.
        light: Its answer: yes, unsure, no, unknown.
        answer: The answer in words.
        sentences: What was found, the most important first.
        part: Name of the part of the page that says more; None where there is none.
    """

    topic: str
    light: str
    answer: str
    sentences: tuple[str, ...]
    part: str | None


def findings(report: Report, words: Words) -> list[Finding]:
    """Return the questions of the first page with their answers."""
    return [
        Finding(
            topic,
            light.value,
            words.say(
                "light.first"
                if topic == "since" and report.since is None
                else f"light.{light.value}"
            ),
            tuple(SAID[topic](report, words)),
            PARTS[topic] if getattr(report, PARTS[topic]) is not None else None,
        )
        for topic, light in report.lights.items()
    ]


def headline(report: Report) -> str:
    """Return the worst that must be said of the model: better, unsure, worse or untested."""
    found = [
        part.comparison.verdict
        for part in (report.performance, report.acceptance, report.movers)
        if part is not None
    ]
    if not found:
        return "untested"
    for verdict in (Verdict.WORSE, Verdict.UNSURE):
        if verdict in found:
            return verdict.value
    return Verdict.BETTER.value


def _predictions(report: Report, words: Words) -> list[str]:
    if report.performance is None:
        return [words.say("performance.untested")]
    compared = report.performance.comparison
    error = {name: _value(found["rmse"]) for name, found in compared.predictors.items()}
    return [
        words.say(
            "finding.errors",
            model=error["model"],
            last=error["last_rating"],
            profile=error["profile"],
            last_change=words.num(error["model"] / error["last_rating"] - 1.0, "+.0%"),
            profile_change=words.num(error["model"] / error["profile"] - 1.0, "+.0%"),
        ),
        words.say(
            f"finding.rival_{compared.verdict.value}",
            rival=words.predictor(compared.rival),
            error=error[compared.rival],
        ),
    ]


def _chances(report: Report, words: Words) -> list[str]:
    if report.acceptance is None:
        return [words.say("acceptance.untested")]
    ece, bins = report.acceptance.comparison.predictors["model"]["ece"], report.acceptance.bins
    exact = 100.0 * _value(report.acceptance.exact_ece)
    said = [words.say("finding.chances_off", off=100.0 * _value(ece), exact=exact)]
    if len(bins.predicted) > 1:
        said.append(
            words.say(
                "finding.stated",
                low=bins.predicted[0],
                low_came=bins.observed[0],
                high=bins.predicted[-1],
                high_came=bins.observed[-1],
            )
        )
    return said


def _intervals(report: Report, words: Words) -> list[str]:
    coverage = None if report.performance is None else report.performance.coverage
    if coverage is None or not coverage.thirds:
        return [words.say("finding.no_intervals")]
    most, middle, least = (_value(third.coverage) for third in coverage.thirds)
    return [
        words.say(
            "finding.held",
            held=_value(coverage.realised),
            most=most,
            middle=middle,
            least=least,
        ),
        words.say("finding.width", width=coverage.width),
    ]


def _worth(report: Report, words: Words) -> list[str]:
    if report.worth is None:
        return [words.say("finding.no_worth")]
    first = report.worth.policies["top"]
    gain, interval = words.change(first.cross_fitted, "gain")
    told = "told" if first.is_told_from_null else "not_told"
    told = "loses" if (first.cross_fitted.high or 0.0) < 0.0 else told
    return [
        words.say(
            "finding.gain", promised=words.num(first.promised, "+.1f"), gain=gain, interval=interval
        ),
        words.say(f"finding.{told}", bound=first.null_cross_fitted),
    ]


def _fairness(report: Report, words: Words) -> list[str]:
    found = list(asked(report))
    if not any(beside.concern is not None for *_, beside in found):
        return [words.say("finding.no_groups")]
    said = []
    passed_over = [
        _passed_over(report, group, words)
        for part, group, _, beside in found
        if part == "selection" and beside.concern is Concern.SURELY
    ]
    if passed_over:
        said.append(words.say("finding.passed_over", groups=_listed(passed_over, words)))
    missed = [
        words.say(
            "finding.missed_one",
            group=words.say(f"group.{group}"),
            measure=words.say(f"audit.{part}_{measure}"),
        )
        for part, group, measure, beside in found
        if part != "selection" and beside.concern is Concern.SURELY
    ]
    if missed:
        said.append(words.say("finding.missed", groups=_listed(missed, words)))
    if not said:
        said.append(words.say("finding.alike"))
    perhaps = sum(beside.concern is Concern.PERHAPS for *_, beside in found)
    if perhaps:
        said.append(words.say("finding.perhaps", count=perhaps, total=len(found)))
    return said


def _passed_over(report: Report, name: str, words: Words) -> str:
    """Return a group that is put first less often, with its ratio and that of the past."""
    group = _group(report, name)
    facts = {"group": words.say(f"group.{name}"), "ratio": _value(group.figures["ten"].against)}
    past = group.figures["past"].against
    before = 1.0 if past is None else past.value
    if before is None:
        return words.say("finding.passed_over_one", **facts)
    return words.say("finding.passed_over_before", past=before, **facts)


def _group(report: Report, name: str) -> Group:
    assert report.fairness is not None, "groups are audited"
    return next(
        group
        for audit in report.fairness.selection
        for group in audit.groups
        if group.group == name
    )


def _since(report: Report, words: Words) -> list[str]:
    if report.since is None:
        return [words.say("finding.first")]
    if not report.since.changes:
        return [words.say("finding.incomparable", as_of=report.since.as_of)]
    verdicts = {name: one.verdict for name, one in report.since.changes.items()}
    said = [
        words.say(
            "finding.changed",
            as_of=report.since.as_of,
            better=sum(one is Verdict.BETTER for one in verdicts.values()),
            worse=sum(one is Verdict.WORSE for one in verdicts.values()),
            total=len(verdicts),
        )
    ]
    for verdict in (Verdict.WORSE, Verdict.BETTER):
        names = [words.headline(name)[0] for name, one in verdicts.items() if one is verdict]
        if names:
            said.append(words.say(f"finding.{verdict.value}", figures=_listed(names, words)))
    return said


def _listed(names: list[str], words: Words) -> str:
    """Return some of the names, and how many more there are."""
    told = "; ".join(names[:NAMED])
    more = len(names) - NAMED
    return words.say("finding.and_more", told=told, count=more) if more > 0 else told


def _value(figure: Figure | None) -> float:
    """Return the value of a figure that a back-test always finds."""
    assert figure is not None, "the figure was asked for"
    return float("nan") if figure.value is None else figure.value


SAID: Mapping[str, Callable[[Report, Words], list[str]]] = {
    "predictions": _predictions,
    "chances": _chances,
    "intervals": _intervals,
    "worth": _worth,
    "fairness": _fairness,
    "since": _since,
}
"""What each question is answered with."""
