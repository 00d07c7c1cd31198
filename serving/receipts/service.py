"""Receipts for those whom they concern."""

from models import receipt
from models.advice import advice_on
from models.receipt import Content, WhereTo, Whether
from models.recommender import Recommender
from mutasi.authority import NOBODY, Principal, Scope
from mutasi.errors import (
    CursorInvalid,
    ModelNeeded,
    PositionNotFound,
    ReceiptNotFound,
    ReceiptUnreadable,
)
from mutasi.store import receipts, session
from mutasi.store.pruning import require_kept
from mutasi.store.receipts import Receipt, Wanted
from mutasi.store.trail import Kind
from serving.paging import require_limit
from serving.receipts import schemas
from serving.receipts.schemas import AllGiven, Concerned, Mentions, Today
from serving.receipts.wording import Told, given_of, mention_of
from serving.recommendations.advice_wording import levers_in_words
from serving.region import Region, Store
from serving.trail import tell_read


def looked_at(
    region: Region, caller: Principal, receipt_id: str, others: Scope, language: str
) -> schemas.Receipt:
    """Return a receipt to who asked, or to who may see what others asked.

    Raises:
        ReceiptNotFound: If there is none, or not for this caller: which is not told.
        ReceiptPruned: If it was pruned, to who may see what others asked.
        ReceiptUnreadable: If what is kept is none that can be read.
        StoreUnreadable: If the store cannot be reached.
    """
    told = Told(region.opened(), language)
    sees_others = caller.grants.get(others, NOBODY).is_whole
    with session.reading(region.store.engine) as work:
        if sees_others:
            require_kept(work, receipt_id)
        kept = receipts.receipt(work, receipt_id)
        fault = receipts.fault(work, kept)
    if kept.asker != caller.id and not sees_others:
        raise ReceiptNotFound(receipt_id=receipt_id)
    tell_read(region.store, caller, Kind.RECEIPT, [receipt_id])
    return told.whole(kept, _content(kept), is_as_written=fault is None)


def mentions(store: Store, nip: str, limit: int, cursor: str | None) -> Mentions:
    """Return a page of the receipts that tell of a person, the latest first.

    Raises:
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        CursorInvalid: If the cursor is not one that was given.
    """
    found, after = _page(store, Wanted(employee_id=nip), limit, cursor)
    return Mentions([mention_of(kept) for kept in found], after)


def given(store: Store, wanted: Wanted, limit: int, cursor: str | None) -> AllGiven:
    """Return a page of receipts for auditors, the latest first.

    Raises:
        LimitOutOfRange: If the limit is below 1 or above what is served at once.
        CursorInvalid: If the cursor is not one that was given.
    """
    found, after = _page(store, wanted, limit, cursor)
    return AllGiven([given_of(kept) for kept in found], after)


def _page(
    store: Store, wanted: Wanted, limit: int, cursor: str | None
) -> tuple[list[Receipt], str | None]:
    """Return a page of receipts, and the cursor of the next."""
    require_limit(limit)
    with session.reading(store.engine) as work:
        try:
            return receipts.page(work, wanted, limit, cursor)
        except ReceiptNotFound:
            raise CursorInvalid(cursor=cursor) from None


def concerning(
    region: Region, receipt_id: str, nip: str, position_id: str | None, language: str
) -> Concerned:
    """Return what a receipt says of one person, and how they stand now.

    Who was considered and not shown is told so; a receipt of another person's question is
    none of theirs.

    Args:
        region: What is served.
        receipt_id: The receipt.
        nip: The person.
        position_id: Which position to look at today; that of the question by default, else
            the first that was shown.
        language: Of the words.

    Raises:
        ReceiptNotFound: If there is none, or none that concerns this person.
        ReceiptUnreadable: If what is kept is none that can be read.
        PositionNotFound: If there is no such position.
    """
    recommender = region.opened()
    with session.reading(region.store.engine) as work:
        kept = receipts.receipt(work, receipt_id)
    content = _content(kept)
    asked = content.question
    if isinstance(asked, WhereTo | Whether) and asked.employee_id != nip:
        raise ReceiptNotFound(receipt_id=receipt_id)
    told = Told(recommender, language)
    chosen = position_id or _position(content)
    today = None if chosen is None else _today(recommender, told, content, nip, chosen)
    if today is None and position_id is not None:
        raise PositionNotFound(position_id=position_id)
    return told.concerning(kept, content, nip, today)


def _position(content: Content) -> str | None:
    """Return the position that was asked about, else the first that was shown."""
    if not isinstance(content.question, WhereTo):
        return content.question.position_id
    shown = (*content.answer["recommended"], *content.answer["excluded"])
    return shown[0]["position_id"] if shown else None


def _today(
    recommender: Recommender, told: Told, content: Content, nip: str, position_id: str
) -> Today | None:
    """Return how a person stands in a position now; None if there is none any more."""
    is_own_request = getattr(content.question, "is_own_request", False)
    try:
        examined = recommender.examine(nip, position_id, is_own_request)
    except PositionNotFound:
        return None
    try:
        advice = advice_on(recommender, nip, position_id, is_own_request)
        levers = levers_in_words(advice, recommender, told.language).levers
    except ModelNeeded:
        levers = None
    return told.today(examined, levers)


def _content(kept: Receipt) -> Content:
    try:
        return receipt.read(kept.content)
    except ValueError:
        raise ReceiptUnreadable(receipt_id=kept.receipt_id) from None
