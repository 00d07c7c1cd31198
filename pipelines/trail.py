"""Heads of the audit trail that are signed and taken away, and the trail held against them.

Whoever owns the database can write the whole trail anew or cut off its end, and no chain
shows it.  A head that was signed before, and is kept where they cannot reach, does.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from models import receipt
from models.signing import PublicKey, key_pair
from mutasi.errors import EmployeeNotFound, HeadUnusable
from mutasi.private import make_folder, writing
from mutasi.settings import Settings
from mutasi.store import accesses as stored, callers, personnel, seals, session, trail
from mutasi.store.accesses import Access
from mutasi.store.receipts import Fault as Unlike, faults as faults_of_receipts
from mutasi.store.trail import Action, Break, Deed, Fault, Head, Kind, Restore
from pipelines.actor import user

FOLDER = "audit"
"""Of the signed heads, in the home."""

WHAT = "head of an audit trail"
"""What is signed, so that no signature of anything else passes for one."""


@dataclass(frozen=True)
class Verified:
    """What became of the trail.

    Attributes:
        number: Entries that there are by the last one's number.
        heads: How many signed heads it was held against.
        faults: Where it is not what was written.
        receipts: Ids of receipts that are not what the trail sealed, with how they are not.
        cases: The same of what was done about proposals and applications, by case and version.
        callers: The same of accounts and clients, as the trail calls them.
        restores: Backups that the store was made of since a head was signed that does not
            agree: they may be why.
    """

    number: int
    heads: int
    faults: tuple[Fault, ...]
    receipts: tuple[tuple[str, Unlike], ...] = ()
    cases: tuple[tuple[str, Unlike], ...] = ()
    callers: tuple[tuple[str, Unlike], ...] = ()
    restores: tuple[Restore, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether trail, receipts, cases, accounts and clients are what was written."""
        return not (self.faults or self.receipts or self.cases or self.callers)


def export_head(settings: Settings, folder: Path | None = None) -> tuple[Head, Path]:
    """Write the signed end of the trail into a file, and return both.

    Args:
        settings: Of this installation, whose key signs.
        folder: Where to; ``audit`` in the home by default.

    Raises:
        KeyMissing: If the private key is lost.
        KeyUnusable: If the keys are no pair.
        OSError: If the file cannot be written; there is none then.
        StoreUnreadable: If the store cannot be read.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        head = trail.head(work)
    key = key_pair(settings.private_key_file, settings.public_key_file)
    signature = key.sign(_signed_text(head)).hex()
    place = (folder or settings.home / FOLDER) / f"head-{head.number:012d}-{head.at}.json"
    make_folder(place.parent)
    text = json.dumps({"what": WHAT, **asdict(head), "signature": signature}, indent=2)
    beside = place.with_name(f".{place.name}")  # half a head would pass for a forged one
    with writing(place):
        try:
            beside.write_text(f"{text}\n", encoding="utf-8")
            beside.replace(place)
        finally:
            beside.unlink(missing_ok=True)
    return head, place


def verify(settings: Settings, files: Iterable[Path] = ()) -> Verified:
    """Hold the trail against itself and against signed heads.

    Args:
        settings: Of this installation, whose key signed the heads.
        files: Signed heads; those in ``audit`` of the home by default.

    Raises:
        HeadUnusable: If a file is no head that this installation's key signed.
        KeyMissing: If there is a head and no key to check it by.
        StoreUnreadable: If the store cannot be read.
    """
    places = list(files) or sorted((settings.home / FOLDER).glob("head-*.json"))
    key = PublicKey.load(settings.public_key_file) if places else None
    heads = [_head(place, key) for place in places if key is not None]
    with session.reading(session.engine(settings.database_url), damaged_too=True) as work:
        found = tuple(trail.faults(work, heads))
        if any(one.kind is Break.DROPPED for one in found):  # there is nothing to hold
            return Verified(0, len(heads), found)
        number = trail.head(work).number
        unlike = tuple(faults_of_receipts(work, _found_by))
        undone = tuple(seals.faults(work))
        askers = tuple(callers.faults(work))
        since = min((one.at for one in trail.disagreeing(work, heads)), default=None)
        restores = () if since is None else tuple(trail.restores(work, since))
    return Verified(number, len(heads), found, unlike, undone, askers, restores)


def _found_by(content: str) -> tuple[list[str], list[str]]:
    """Return by which people and which marks a receipt must be found, as it tells itself."""
    told = receipt.read(content)
    return told.people, told.marks


def accesses(
    settings: Settings, employee_id: str, limit: int, before: int | None, *, with_own: bool
) -> tuple[list[Access], int | None]:
    """Return who looked at a person's data, the latest first, and where the next page begins.

    That who types asked for it is on the trail first, as any look at a person is.

    Args:
        settings: Of this installation.
        employee_id: The person.
        limit: The most entries.
        before: Only entries before the one of this number.
        with_own: Whether what the person did by their own account is told too.

    Raises:
        EmployeeNotFound: If no such person is on record.
        StoreUnreadable: If the store cannot be read.
        StoreUnwritable: If it cannot be put on the trail.
    """
    store = session.engine(settings.database_url)
    with session.reading(store) as work:
        if not personnel.recorded(work, "employees", "employee_id", [employee_id]):
            raise EmployeeNotFound(employee_id=employee_id)
    with session.unit_of_work(store, trail.QUEUE) as work:
        trail.append(work, Deed(user(), Action.READ, Kind.EMPLOYEE, employee_id))
    with session.reading(store) as work:
        return stored.page(work, employee_id, limit, before, with_own=with_own)


def _head(file: Path, key: PublicKey) -> Head:
    try:
        said = json.loads(file.read_text(encoding="utf-8"))
        head = Head(number=int(said["number"]), hash=str(said["hash"]), at=int(said["at"]))
        is_signed = key.signed(_signed_text(head), bytes.fromhex(said["signature"]))
    except (ValueError, KeyError, TypeError):
        raise HeadUnusable(path=file) from None
    if not is_signed:
        raise HeadUnusable(path=file)
    return head


def _signed_text(head: Head) -> bytes:
    return json.dumps({"what": WHAT, **asdict(head)}, sort_keys=True).encode()
