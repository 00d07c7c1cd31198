"""What the letters of a plan need, as data: for each move who, from, to, why, rights, until when.

Whoever drafts letters (*surat*) fills a template of the agency's own from it; every
sentence is there in every language.  It holds names: confidential.
"""

from collections.abc import Mapping

from mutasi.i18n import LANGUAGES, chance, render
from pipelines.pages.figure import Part
from pipelines.planning.schema import Move, PlanReport, Post
from pipelines.planning.wording import names, reasons, why

RIGHTS = ("object", "explain", "human")
"""What each person is told that they may do (UU 27/2022 Ps 10; PP 94/2021 for the answer)."""


class Letter(Part):
    """What the letter about one move needs.

    Attributes:
        number: Of the move in the plan.
        day: ISO day of the knowledge that the plan rests on.
        person: NIP.
        name: Name.
        origin: The post that is left, or kept by who is lent; None for who holds none.
        to: The post that is taken.
        until: ISO day until which the person is lent; None for a move.
        reasons: What speaks for and against the move by the model, the strongest first, in
            sentences, by language; none where too little is known of such moves.
        plan: What the move hangs on in the plan, in sentences, by language.  These name other
            people: they are for who drafts, not for the person.
        support: How well the plan supports the move, in sentences, by language.
        rights: What the person may do, in sentences, by language.
    """

    number: int
    day: str
    person: str
    name: str | None
    origin: Post | None
    to: Post
    until: str | None
    reasons: Mapping[str, tuple[str, ...]]
    plan: Mapping[str, tuple[str, ...]]
    support: Mapping[str, tuple[str, ...]]
    rights: Mapping[str, tuple[str, ...]]


class Letters(Part):
    """The letters of a plan, in the order of its moves."""

    letters: tuple[Letter, ...]


def letters(report: PlanReport) -> Letters:
    """Return what the letters of a plan need."""
    called = names(report.moves)
    rights = {
        language: tuple(render(f"plan.letter.{name}", language) for name in RIGHTS)
        for language in LANGUAGES
    }
    return Letters(
        letters=tuple(
            Letter(
                number=number,
                day=report.as_of,
                person=move.person,
                name=move.name,
                origin=move.origin,
                to=move.to,
                until=move.until,
                reasons={each: tuple(reasons(move, each)) for each in LANGUAGES},
                plan={each: tuple(why(move, each, called)) for each in LANGUAGES},
                support={each: _support(move, each) for each in LANGUAGES},
                rights=rights,
            )
            for number, move in enumerate(report.moves, start=1)
        )
    )


def _support(move: Move, language: str) -> tuple[str, ...]:
    found = [render("plan.letter.worth", language, worth=move.worth)]
    if move.gain is not None:
        found.append(render("plan.letter.gain", language, gain=move.gain))
    return (*found, render("plan.letter.chance", language, chance=chance(move.chance, language)))
