"""The letter to the employee about a move: what for, why, what it brings, what they may do.

It is made of what was known when the move was proposed, so its reasons are those of the
recommendation; page and PDF have the same text.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from mutasi.advice import caveats, lever_sentence
from mutasi.i18n import render
from mutasi.sentences import reason_sentence

Facts = Mapping[str, Any]

MOST_REASONS = 4
MOST_CAUTIONS = 2
BENEFICIAL = frozenset({"distance", "level_step", "training", "workload"})
"""Concepts that, where they speak for a move, are good for the person who moves."""


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
    chosen = [one for one in told if (one["concept"] in BENEFICIAL) == beneficial]
    yield from _sentences(chosen[:MOST_REASONS], language)


def _cautions(move: Move, language: str) -> Iterator[str]:
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
    predicted = move.predicted or {}
    if predicted.get("has_evidence") and predicted.get("gain") is not None:
        yield _say(
            "gain",
            language,
            gain=predicted["gain"],
            low=predicted["gain_low"],
            high=predicted["gain_high"],
        )
    if move.until is not None:
        yield _say("post_kept", language)


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
