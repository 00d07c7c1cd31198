"""The letter to the employee about a move: what for, why, what it brings, what they may do.

It is made of what was known when the move was proposed, so its reasons are those of the
recommendation; page and PDF have the same text.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mutasi.advice import caveats, lever_sentence
from mutasi.i18n import render
from mutasi.sentences import reason_sentence

Facts = Mapping[str, Any]

MOST_REASONS = 4
MOST_CAUTIONS = 2
GAIN_DIGITS = 1
"""As the words show it, so that what is shown as nothing is no benefit."""


def _shortens_the_way(facts: Facts) -> bool:
    return bool(
        facts.get("distance_change_km", 0.0) <= -0.5
        or facts.get("is_home_place")
        or facts.get("remoteness_change", 0.0) < 0.0
    )


def _raises_the_level(facts: Facts) -> bool:
    up, paid = facts.get("levels_up", 0.0), facts.get("allowance_change", 0.0)
    return bool(up > 0.0 or (up == 0.0 and paid > 0.0))


BENEFICIAL: Mapping[str, Callable[[Facts], bool]] = {
    "distance": _shortens_the_way,
    "level_step": _raises_the_level,
}
"""Concepts that may be good for the person who moves, and whether their facts are."""


@dataclass(frozen=True)
class Move:
    """What a letter tells of a move.

    Attributes:
        employee_id: NIP.
        employee_name: The name.
        title: Title of the post.
        unit_name: Its unit.
        origin_title: Title of the post that is held; None if none is.
        origin_unit_name: Its unit.
        purpose: Code of what the move is for.
        until: Last day of a temporary assignment; None for a move.
        reasons: As ``aspect``, ``concept``, ``effect`` and ``facts``, strongest first.
        predicted: ``has_evidence``, and ``gain`` with ``gain_low`` and ``gain_high``; None
            if nothing was.
        levers: What would help, as ``name``, ``facts``, ``effect``, ``beside`` and
            ``is_familiar``.
        granted: Codes of the support that the offer grants.
        answer_by: Last day for the answer; None while nothing is offered.
        object_by: Last day for an objection; None while none can be made.
        told_on: The day of the letter.
    """

    employee_id: str
    employee_name: str | None
    title: str | None
    unit_name: str | None
    origin_title: str | None
    origin_unit_name: str | None
    purpose: str
    until: date | None
    reasons: Sequence[Facts]
    predicted: Facts | None
    levers: Sequence[Facts]
    granted: Sequence[str]
    answer_by: date | None
    object_by: date | None
    told_on: date


@dataclass(frozen=True)
class Section:
    """A part of a letter: a heading and sentences."""

    name: str
    heading: str
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """A letter, ready to be set.

    Attributes:
        language: Of the words.
        title: What it is.
        day: Its day, in words.
        addressee: To whom, line by line.
        opening: What is proposed.
        sections: Its parts.
        closing: What it is not.
    """

    language: str
    title: str
    day: str
    addressee: tuple[str, ...]
    opening: str
    sections: tuple[Section, ...]
    closing: str


@dataclass(frozen=True)
class Foreseen:
    """What a lever does by the model; :class:`mutasi.advice.Span`."""

    aspect: str
    size: float
    low: float
    high: float

    @property
    def is_told_from_nothing(self) -> bool:
        """Whether the interval leaves zero out."""
        return self.low > 0.0 or self.high < 0.0


def letter(move: Move, language: str) -> Letter:
    """Return the letter about a move."""
    parts = {
        "purpose": [_say("purpose_is", language, purpose=move.purpose)],
        "why": [*_reasons(move, language, beneficial=False)] or [_say("no_reasons", language)],
        "benefits": [*_benefits(move, language)] or [_say("no_benefits", language)],
        "cautions": [*_cautions(move, language)],
        "support": [*_support(move, language)],
        "rights": [*_rights(move, language)],
    }
    return Letter(
        language=language,
        title=_say("title_lent" if move.until else "title", language),
        day=render("letter.day", language, told_on=move.told_on),
        addressee=tuple(_addressee(move, language)),
        opening=_opening(move, language),
        sections=tuple(
            Section(name, render(f"letter.heading.{name}", language), tuple(said))
            for name, said in parts.items()
            if said
        ),
        closing=_say("closing", language),
    )


def _say(name: str, language: str, **values: object) -> str:
    return render(f"letter.{name}", language, **values)


def _addressee(move: Move, language: str) -> Iterator[str]:
    yield move.employee_name or move.employee_id
    yield _say("nip", language, employee_id=move.employee_id)
    if move.origin_title is not None:
        yield _post(move.origin_title, move.origin_unit_name)


def _post(title: str | None, unit: str | None) -> str:
    return " · ".join(part for part in (title, unit) if part)


def _opening(move: Move, language: str) -> str:
    to = _post(move.title, move.unit_name)
    if move.until is not None:
        return _say("lent", language, to=to, until=move.until)
    if move.origin_title is None:
        return _say("placed", language, to=to)
    return _say("moved", language, origin=_post(move.origin_title, move.origin_unit_name), to=to)


def _reasons(move: Move, language: str, *, beneficial: bool) -> Iterator[str]:
    told = (one for one in move.reasons if one["effect"] > 0)
    chosen = [one for one in told if _is_benefit(one) == beneficial]
    yield from _sentences(chosen[:MOST_REASONS], language)


def _is_benefit(reason: Facts) -> bool:
    is_good = BENEFICIAL.get(reason["concept"])
    return is_good is not None and is_good(reason["facts"])


def _cautions(move: Move, language: str) -> Iterator[str]:
    """Yield what is expected to be worse: performance first, then what speaks against the move."""
    yield from _performance(move, language, beneficial=False)
    against = [one for one in move.reasons if one["effect"] < 0]
    yield from _sentences(against[:MOST_CAUTIONS], language)


def _sentences(reasons: Sequence[Facts], language: str) -> Iterator[str]:
    """Yield reasons as sentences; one that acts on two predictions is told once."""
    told = (
        reason_sentence(one["concept"], one["aspect"], one["effect"], one["facts"], language)
        for one in reasons
    )
    yield from dict.fromkeys(f"{sentence}." for sentence in told)


def _benefits(move: Move, language: str) -> Iterator[str]:
    yield from _reasons(move, language, beneficial=True)
    yield from _performance(move, language, beneficial=True)
    if move.until is not None:
        yield _say("post_kept", language)


def _performance(move: Move, language: str, *, beneficial: bool) -> Iterator[str]:
    """Yield how performance is expected to change, among benefits only if it rises."""
    predicted = move.predicted or {}
    if not predicted.get("has_evidence") or predicted.get("gain") is None:
        return
    gain = round(predicted["gain"], GAIN_DIGITS) + 0.0  # never −0.0
    if (gain > 0.0) == beneficial:
        low, high = predicted["gain_low"], predicted["gain_high"]
        yield _say("loss" if gain < 0.0 else "gain", language, gain=gain, low=low, high=high)


def _support(move: Move, language: str) -> Iterator[str]:
    for code in move.granted:
        yield render(f"letter.granted.{code}", language)
    if not move.granted:
        yield _say("ask", language)
    for lever in move.levers:
        effect = Foreseen(**lever["effect"])
        beside = None if lever["beside"] is None else Foreseen(**lever["beside"])
        said = lever_sentence(lever["name"], lever["facts"], effect, beside, language)
        more = caveats(effect, language, is_familiar=lever["is_familiar"])
        yield " ".join([_say("lever", language, lever=said), *more])


def _rights(move: Move, language: str) -> Iterator[str]:
    if move.answer_by is not None:
        yield _say("answer", language, answer_by=move.answer_by)
    if move.object_by is not None:
        yield _say("object_by", language, object_by=move.object_by)
    else:
        yield _say("object", language)
    for name in ("explain", "human"):
        yield render(f"plan.letter.{name}", language)
