"""Pages of proposals, for whom each caller sees."""

from collections.abc import Collection
from datetime import date
from operator import attrgetter

from mutasi.authority import Reach
from mutasi.store import cases, session
from mutasi.workflow.proposals import State
from serving.paging import page
from serving.proposals.acting import KIND
from serving.proposals.schemas import Proposals
from serving.proposals.wording import proposal_in_words
from serving.region import Store


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
    with session.reading(store.engine) as work:
        found, more = page(
            limit,
            cursor,
            lambda most: cases.newest(work, KIND, most, cursor, seen, states),
            attrgetter("case_id"),
        )
    whole = seen.is_whole
    shown = [proposal_in_words(case, day, language, tells_others=whole) for case in found]
    return Proposals(proposals=shown, next_cursor=more)
