"""Errors of the store, its revisions and its backups."""

from mutasi.errors._kinds import Conflict, Invalid, NotFound, Unavailable


class StoreUnreadable(Unavailable):
    """What is at the store's place is no store, is locked, or is of a later version."""

    code = "store_unreadable"


class StoreUnknown(Invalid):
    """The URL of a store is none, or is of a database that is not known."""

    code = "store_unknown"


class StoreUnwritable(StoreUnreadable):
    """The store cannot take what should be kept: it is away, locked, or full."""

    code = "store_unwritable"


class ValueUnusable(Invalid):
    """A value is none that the store holds, so nothing can be kept or found by it."""

    code = "value_unusable"


class RevisionUnknown(Invalid):
    """The store cannot be brought down to this revision: there is none such before its own."""

    code = "revision_unknown"


class PlaceTaken(Conflict):
    """Something is already where a backup, or what is restored from one, should go."""

    code = "place_taken"


class BackupUnusable(Invalid):
    """A file is no backup of this kind of store, is damaged, or is of a later version."""

    code = "backup_unusable"


class BackupChanged(Invalid):
    """A backup is not what the digest beside it says: it was damaged, or is another."""

    code = "backup_changed"


class BackupUnproven(Invalid):
    """A backup has no digest beside it, so nobody can say whether it is whole."""

    code = "backup_unproven"


class ProgramMissing(Unavailable):
    """A program that does the work is not installed."""

    code = "program_missing"


class BackupFailed(Unavailable):
    """The program that makes or reads backups gave up."""

    code = "backup_failed"


class HeadUnusable(Invalid):
    """A file is no head of the audit trail that was signed with the key of this installation."""

    code = "head_unusable"


class ReceiptNotFound(NotFound):
    """No receipt was given under this id, or not for this caller."""

    code = "receipt_not_found"


class ReceiptPruned(NotFound):
    """A receipt was removed because it was old and nothing rested on it."""

    code = "receipt_pruned"


class ReceiptsNeeded(Invalid):
    """Receipts that are asked to be removed are too young for that."""

    code = "receipts_needed"


class ReceiptUnreadable(Invalid):
    """What is kept as a receipt is none that can be read: it was changed."""

    code = "receipt_unreadable"
