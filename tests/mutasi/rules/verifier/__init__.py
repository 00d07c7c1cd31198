"""An independent reading of docs/rules.md, to hold the rules against.

It answers for one person, one post and one day from plain rows of records, one
value at a time, and shares no code with ``mutasi.state`` or ``mutasi.rules``: an
error in either shows as a disagreement.  Every function is named for its chapter of
the document; :mod:`~tests.mutasi.rules.verifier.terms` holds the chapter *Terms*.
Parameters are read from the dated files that the rules read too, for they are data.
"""

from collections.abc import Callable, Mapping
from types import ModuleType

from tests.mutasi.rules.verifier import age, career, competence, government, person, post
from tests.mutasi.rules.verifier.terms import Answer, Move

CHAPTERS: tuple[ModuleType, ...] = (person, career, post, competence, age, government)

RULES: Mapping[str, Callable[[Move], Answer | None]] = {
    name: rule
    for chapter in CHAPTERS
    for name, rule in vars(chapter).items()
    if callable(rule) and rule.__module__ == chapter.__name__ and not name.startswith("_")
}
"""What each chapter asks, by the name of the rule."""


def answers(move: Move) -> dict[str, Answer]:
    """Return what the document says against a move, by rule; what is in order is left out."""
    given = {name: rule(move) for name, rule in RULES.items()}
    return {name: answer for name, answer in given.items() if answer is not None}
