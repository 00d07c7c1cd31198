"""All chapters of docs/rules.md, one rule each."""

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
