"""What a request leaves behind: who asked about whom, and a receipt of what was recommended.

It is kept before the answer is sent, so that nothing is told of which nobody could say
later that it was.  While the store is away such questions are not answered.
"""

from collections.abc import Iterable

from models.receipt import Question, content_of
from models.recommendation import Examination, Ranking
from mutasi.authority import Principal
from mutasi.store import receipts, session, trail
from mutasi.store.trail import Action, Deed, Kind
from serving.region import Region, Store

RECEIPT = "Receipt-Id"
"""The header that names an answer's receipt."""


def tell_read(store: Store, caller: Principal, kind: Kind, ids: Iterable[str]) -> None:
    """Put on the trail who asked about what.

    Raises:
        StoreUnwritable: If the store cannot take it.
    """
    told = [Deed(caller.id, Action.READ, kind, one) for one in dict.fromkeys(ids)]
    if told:
        with session.unit_of_work(store.engine, trail.QUEUE) as work:
            trail.append(work, *told)


def keep(
    region: Region, caller: Principal, question: Question, answer: Ranking | Examination
) -> str:
    """Keep what is about to be recommended, and return the receipt's id.

    Raises:
        StoreUnwritable: If the store cannot take it.
    """
    assert region.grounds is not None, "who answers knows from what"
    content = content_of(question, region.grounds, answer)
    with session.unit_of_work(region.store.engine, trail.QUEUE) as work:
        return receipts.keep(work, caller.id, content.text, content.people, content.marks)
