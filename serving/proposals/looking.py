"""Pages of proposals, for whom each caller sees."""

from collections.abc import Collection
from datetime import date

from models.recommender import Recommender
from mutasi.authority import Reach
from mutasi.errors import CaseNotFound, CursorInvalid
from mutasi.store import cases, session
from mutasi.visibility import units_within
from mutasi.workflow.proposals import State
from serving.paging import require_limit
from serving.proposals.acting import KIND
from serving.proposals.schemas import Proposals
from serving.proposals.wording import proposal_in_words
from serving.region import Store


def among(recommender: Recommender, reach: Reach) -> Reach:
    """Return a reach whose units are told one by one, with those below."""
    return Reach(reach.is_whole, units_within(recommender.snapshot, reach), reach.people)


def latest(
    store: Store,
    seen: Reach,
    limit: int,
    cursor: str | None,
    states: Collection[State],
    day: date,
    language: str,
) -> Proposals:
    """Return a page of proposals, the latest first.

    Raises:
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        CursorInvalid: If the cursor is not one that was given.
    """
    require_limit(limit)
    with session.reading(store.engine) as work:
        try:
            found = cases.newest(work, KIND, limit + 1, cursor, seen, states)
        except CaseNotFound:
            raise CursorInvalid(cursor=cursor) from None
    whole = seen.is_whole
    shown = [proposal_in_words(case, day, language, tells_others=whole) for case in found[:limit]]
    more = shown[-1].proposal_id if len(found) > limit else None
    return Proposals(proposals=shown, next_cursor=more)
