"""What those who are recommended wish: told beside the ranking, which it does not change.

A ranking comes out the same from the same records, rules and model, which its receipt
proves; wishes change by the hour and are none of these.
"""

from collections.abc import Iterable, Mapping

from models.receipt import WhereTo, WhoFor
from models.recommendation import Ranking, Recommendation
from models.recommender import Recommender
from mutasi.authority import NOBODY, Principal, Scope
from mutasi.i18n import render, word
from mutasi.store import preferences, session
from mutasi.store.preferences import Asked
from serving.recommendations.schemas import Facet, Wish
from serving.region import Store

NEEDED = (Scope.PROPOSALS_READ, Scope.PLACEMENTS)
"""What it takes to see what somebody applied for, and what they prefer."""

COLUMNS: Mapping[Facet, str] = {
    "units": "unit_id",
    "places": "place",
    "families": "family",
    "kinds": "position_kind",
}
"""Of a position, by what preferences call it."""


class Wishes:
    """What people applied for and prefer.

    Args:
        recommender: Knows the positions.
        asked: By NIP, of those who told something and whom the caller may see.
        language: Of the words.
    """

    def __init__(self, recommender: Recommender, asked: Mapping[str, Asked], language: str) -> None:
        self.recommender = recommender
        self.asked = asked
        self.language = language

    def of(self, shown: Recommendation) -> Wish | None:
        """Return what somebody wishes of a post; None if nothing, or nothing that is told."""
        asked = self.asked.get(shown.employee_id)
        if asked is None:
            return None
        has_applied = shown.position_id in asked.positions
        met = self._met(asked, shown.position_id)
        if not (has_applied or met):
            return None
        said = [render("wish.applied", self.language)] if has_applied else []
        if met:
            what = ", ".join(word("wish_facet", each, self.language) for each in met)
            said.append(render("wish.preferred", self.language, what=what))
        return Wish(has_applied=has_applied, preferred=met, sentence=". ".join(said))

    def _met(self, asked: Asked, position_id: str) -> list[Facet]:
        posts = self.recommender.snapshot.positions
        row = self.recommender.snapshot.position_row(position_id)
        return [
            facet
            for facet, column in COLUMNS.items()
            if posts[column][row] in asked.preferences.get(facet, ())
        ]


def wishes_of(
    store: Store,
    recommender: Recommender,
    caller: Principal,
    rankings: Iterable[tuple[WhoFor | WhereTo, Ranking]],
    language: str,
) -> Wishes:
    """Return what the people in some rankings wish, as far as the caller may see it.

    One query, however many rankings.

    Raises:
        StoreUnreadable: If the store cannot be reached.
    """
    people = {
        shown.employee_id
        for question, ranking in rankings
        if _may_see(caller, question)
        for shown in ranking.recommended
    }
    if not people:
        return Wishes(recommender, {}, language)
    with session.reading(store.engine) as work:
        return Wishes(recommender, preferences.asked_by(work, sorted(people)), language)


def _may_see(caller: Principal, question: WhoFor | WhereTo) -> bool:
    """Return whether the caller may see what all those wish whom an answer may name."""
    scope = Scope.CANDIDATES if isinstance(question, WhoFor) else Scope.PLACEMENTS
    asked = caller.grants.get(scope, NOBODY)
    return all(caller.grants.get(each, NOBODY).covers(asked) for each in NEEDED)
