"""The report as one HTML page: whether to learn anew, why, and every figure behind it."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.aftermath import Verdict
from mutasi.i18n import render
from pipelines.monitoring.plots import Line, Plots
from pipelines.monitoring.schema import (
    Change,
    Effect,
    FeatureShift,
    HeadShift,
    Reason,
    Report,
)
from pipelines.pages import document as pages
from pipelines.pages.document import document
from pipelines.staleness import Refusal

TEMPLATE = "monitoring.html.j2"
SECTION = "monitor"

SHOWN = 12
"""Features of a head that are shown at once; the others are folded."""

SPECS: Mapping[str, str] = {
    "accepted": ".1%",
    "unlike": ".1%",
    "rated": ".1%",
    "rating": ".1f",
    "moves_a_year": ".0f",
}
"""How the values of each base rate are written."""

BADGES = {
    "now": "worse",
    "soon": "unsure",
    "no": "better",
    Verdict.EFFECTIVE.value: "better",
    Verdict.NOT_EFFECTIVE.value: "worse",
    Verdict.UNSURE.value: "unsure",
}
"""The class of each verdict's badge."""


def page(report: Report, language: str) -> str:
    """Return the report as HTML."""
    words = Words(language)
    return document(
        TEMPLATE,
        words,
        drawn(report, words),
        report=report,
        figure=words.pair,
        concept=words.concept,
        head=words.head,
        badges=BADGES,
        specs=SPECS,
        shown=SHOWN,
        changes=Change,
        reasons=[(reason.urgency.value, words.reason(reason)) for reason in report.reasons],
        refusals=[words.refusal(refusal) for refusal in report.refusals],
        notes=notes(report, words),
        answers=answers(report, words),
    )


@dataclass(frozen=True)
class Words(pages.Words):
    """Says keys and numbers of the report in one language."""

    section: str = SECTION

    def head(self, name: object) -> str:
        """Return what a head predicts."""
        return render(f"train.{name}", self.language)

    def concept(self, name: object) -> str:
        """Return what a concept is called."""
        return render(f"concept.{name}.label", self.language)

    def reason(self, reason: Reason) -> str:
        """Return a reason as a sentence that names its figure and its bound."""
        said = dict(reason.facts)
        for name, word in (("head", self.head), ("concept", self.concept)):
            if name in said:
                said[name] = word(said[name])
        return self.say(
            f"reason.{reason.code}",
            **said,
            value=reason.value,
            bound=reason.bound,
            size=abs(reason.value),
            way=self.say("more" if reason.value > 0 else "less"),
        )

    def refusal(self, refusal: Refusal) -> str:
        """Return why outcomes are not used."""
        return render(f"stale.{refusal.code}", self.language, **refusal.facts)


def notes(report: Report, words: Words) -> list[str]:
    """Return what could not be compared, as sentences."""
    told = []
    for note in report.notes:
        facts = dict(note.facts)
        if "head" in facts:
            facts["head"] = words.head(facts["head"])
        told.append(words.say(f"note.{note.code}", **facts))
    return told


def answers(report: Report, words: Words) -> list[tuple[str, str, str]]:
    """Return the first page: a question each, its badge and its answer in a sentence."""
    return [
        ("predictions", *_predictions(report, words)),
        ("moves", *_moves(report, words)),
        ("people", *_people(report, words)),
    ]


def _predictions(report: Report, words: Words) -> tuple[str, str]:
    """Return whether what was predicted came true."""
    if report.chances is None and not report.ratings:
        return "unsure", words.say("answer.predictions.unknown")
    prefixes = ("chance", "rating", "coverage", "error", "course")
    found = [reason for reason in report.reasons if reason.code.startswith(prefixes)]
    return _answered("predictions", len(found), words)


def _people(report: Report, words: Words) -> tuple[str, str]:
    """Return whether those who are decided about are still alike."""
    if not report.shifts:
        return "unsure", words.say("answer.people.unknown")
    prefixes = ("feature", "rate")
    found = [reason for reason in report.reasons if reason.code.startswith(prefixes)]
    return _answered("people", len(found), words)


def _answered(part: str, count: int, words: Words) -> tuple[str, str]:
    if count:
        return "worse", words.say(f"answer.{part}.changed", count=count)
    return "better", words.say(f"answer.{part}.same")


def _moves(report: Report, words: Words) -> tuple[str, str]:
    """Return whether moves did what they were for."""
    found = overall(report)
    if found is None or found.verdict is None or found.effect is None:
        return "unsure", words.say("answer.moves.unknown")
    return BADGES[found.verdict.value], words.say(
        f"answer.moves.{found.verdict.value}",
        count=found.count,
        effect=found.effect.value,
        low=found.effect.low,
        high=found.effect.high,
    )


def overall(report: Report) -> Effect | None:
    """Return the effect of all moves on the first whole year's rating."""
    return next((each.effects[0] for each in report.after if each.year == "first"), None)


def drawn(report: Report, words: Words) -> dict[str, str]:
    """Return every plot that the report has figures for, by name."""
    plots, found = Plots(words.num), {}
    for shift in report.shifts:
        found[f"features_{shift.head}"] = _features(plots, shift, words)
    if report.chances is not None and report.chances.bins.count:
        found["chances"] = plots.stated(
            "chances",
            report.chances.bins,
            (words.say("chances.stated"), words.say("chances.observed")),
            (words.say("chances.dot"), words.say("chances.line")),
        )
    for course in report.courses:
        name = f"course_{course.head}"
        legend = (words.say("course.above"), words.say("course.below"), words.say("course.bound"))
        found[name] = plots.course(name, course, words.say("course.axis"), legend)
    for after in report.after:
        told = {each.group: each.effect for each in after.effects if each.effect is not None}
        labels = {group: words.say(f"group.{group}") for group in told}
        name = f"effects_{after.year}"
        found[name] = plots.dots(name, told, labels, words.say("effects.axis"), "+.1f", ("all",))
    return found


def worst(shift: HeadShift) -> list[FeatureShift]:
    """Return the worst feature of each concept, the worst first."""
    by_concept: dict[str, FeatureShift] = {}
    for feature in shift.features:
        by_concept.setdefault(feature.concept, feature)
    return list(by_concept.values())


def _features(plots: Plots, shift: HeadShift, words: Words) -> str:
    lines = [
        Line(
            label=words.concept(feature.concept),
            value=feature.index.value or 0.0,
            low=feature.index.low or 0.0,
            high=feature.index.high or 0.0,
            bound=feature.bound,
            is_beyond=feature.change is not Change.NONE,
        )
        for feature in worst(shift)
    ]
    legend = (words.say("features.index"), words.say("features.bound"))
    name = f"features_{shift.head}"
    return plots.bounded(name, lines, words.say("features.axis"), legend)
