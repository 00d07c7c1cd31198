"""Receipts on the command line: keep what is told, and compute again what was."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from models import aliases, artifact, receipt
from models.artifact import Artifact
from models.receipt import Content, Difference, Question, content_of, differences, grounds_of
from models.recommendation import Examination, Ranking
from models.recommender import Recommender
from models.signing import PublicKey
from mutasi.errors import ArtifactMissing, MutasiError, ReceiptsNeeded, ReceiptUnreadable
from mutasi.fingerprint import are_by_rows, fingerprints
from mutasi.settings import Settings
from mutasi.store import cases, personnel, pruning, receipts, session, trail
from mutasi.store.receipts import Fault, Receipt, Wanted
from mutasi.store.trail import Action, Deed, Kind
from mutasi.workflow.deadlines import begin_of
from pipelines.actor import user

KEPT_DAYS = 731
"""How long receipts are kept at least, two years: what came of a move is told until 24 months
after it, and objections, appeals and suits are over by then (PP 79/2021; UU 5/1986 Ps 55)."""


@dataclass(frozen=True)
class Verified:
    """What became of a receipt.

    Attributes:
        receipt: What is kept.
        content: What it says; None if it cannot be read.
        fault: How it is not what was sealed; None if it is.
        differences: What is another now, computed again from the store and the signed
            model; of a receipt with a fault nothing is computed.
    """

    receipt: Receipt
    content: Content | None
    fault: Fault | None
    differences: tuple[Difference, ...] = ()

    @property
    def is_identical(self) -> bool:
        """Whether it is what was written, and comes out the same."""
        return self.fault is None and not self.differences


def keep(
    settings: Settings,
    recommender: Recommender,
    question: Question,
    answer: Ranking | Examination,
) -> str:
    """Keep what is about to be told to who types, and return the receipt's id.

    Raises:
        StoreUnwritable: If the store cannot take it.
    """
    content = content_of(question, grounds_of(recommender), answer)
    store = session.engine(settings.database_url)
    with session.unit_of_work(store, trail.QUEUE) as work:
        return receipts.keep(work, user(), content.text, content.people, content.marks)


def tell_read(settings: Settings, ids: Iterable[str], kind: Kind = Kind.EMPLOYEE) -> None:
    """Put on the trail of whom, or of what that names people, who types is told.

    Raises:
        StoreUnwritable: If the store cannot take it.
    """
    told = [Deed(user(), Action.READ, kind, one) for one in dict.fromkeys(ids)]
    if told:
        with session.unit_of_work(session.engine(settings.database_url), trail.QUEUE) as work:
            trail.append(work, *told)


def tell_planned(settings: Settings, digest: str) -> None:
    """Put on the trail that who types has a plan made, before anything is told of it.

    Args:
        settings: Of this installation.
        digest: Fingerprint of the plan's own file.

    Raises:
        StoreUnwritable: If the store cannot take it.
    """
    with session.unit_of_work(session.engine(settings.database_url), trail.QUEUE) as work:
        trail.append(work, Deed(user(), Action.RECOMMEND, Kind.PLAN, digest))


def listed(
    settings: Settings, wanted: Wanted, limit: int, cursor: str | None = None
) -> tuple[list[Receipt], str | None]:
    """Return receipts, the latest first, and the cursor of the next page.

    Raises:
        ReceiptNotFound: If the cursor is the id of no receipt.
        StoreUnreadable: If the store cannot be read.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        return receipts.page(work, wanted, limit, cursor)


def require_old(day: date, today: date) -> None:
    """Refuse to remove receipts of days on which they must still be kept.

    Raises:
        ReceiptsNeeded: If the day before which they were given is too late.
    """
    latest = today - timedelta(days=KEPT_DAYS)
    if day > latest:
        raise ReceiptsNeeded(before=day, latest=latest)


def prune(settings: Settings, day: date, today: date) -> int:
    """Remove receipts that were given before a day and that no case rests on; return how many.

    Raises:
        ReceiptsNeeded: If the day is too late for that.
        StoreUnwritable: If the store cannot be written.
    """
    require_old(day, today)
    store, count = session.engine(settings.database_url), 0
    while True:
        with session.unit_of_work(store, cases.QUEUE) as work:
            gone = pruning.prune(work, user(), day, begin_of(day))
        count += gone
        if gone < pruning.AT_ONCE:
            return count


def verify(settings: Settings, receipt_id: str) -> Verified:
    """Hold a receipt against the trail, then compute it again.

    Raises:
        ReceiptNotFound: If none was given under this id.
        ReceiptPruned: If it was given, and was removed since; tells by whom and when.
        ReceiptUnreadable: If it agrees with its seal and still says nothing that is known.
        StoreUnreadable: If the store cannot be read.
        Unavailable: If its model is there, but is not what was signed.
    """
    store = session.engine(settings.database_url)
    with session.reading(store, damaged_too=True) as work:
        pruning.require_kept(work, receipt_id)
        kept = receipts.receipt(work, receipt_id)
        fault = receipts.fault(work, kept)
        content = read(kept)
        if fault is not None:
            return Verified(kept, content, fault)
        if content is None:
            raise ReceiptUnreadable(receipt_id=receipt_id)
    with session.reading(store) as work:
        snapshot = personnel.snapshot(work, content.grounds.as_of)
    try:
        recommender = Recommender(snapshot, _model(settings, content))
        now = _again(recommender, content)
    except MutasiError as missing:
        if isinstance(missing, ArtifactMissing):
            model = content.grounds.model
            gone = Difference("model", model and model.digest, None)
            return Verified(kept, content, None, (gone,))
        gone = Difference("answer", content.answer, missing.code)
        return Verified(kept, content, None, (gone,))
    return Verified(kept, content, None, tuple(differences(content, now)))


def read(kept: Receipt) -> Content | None:
    """Return what a receipt says; None if it cannot be read."""
    try:
        return receipt.read(kept.content)
    except (ValueError, RecursionError):
        return None


def _model(settings: Settings, content: Content) -> Artifact | None:
    """Return the model that predicted, found by what was signed."""
    model = content.grounds.model
    if model is None:
        return None
    if model.digest is None:
        raise ArtifactMissing(path=settings.models)
    folder = artifact.folder_with(settings.models, model.digest)
    return artifact.load(folder, PublicKey.load(settings.public_key_file))


def _again(recommender: Recommender, content: Content) -> Content:
    """Return what is answered to the same question."""
    model = content.grounds.model
    alias = aliases.Alias.CHAMPION if model is None else model.alias
    answer = content.question.ask(recommender)
    by_rows = are_by_rows(content.grounds.records)
    records = fingerprints(recommender.snapshot, by_rows=by_rows)
    return content_of(content.question, grounds_of(recommender, alias, records), answer)
