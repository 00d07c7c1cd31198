"""Errors that a caller can act on.

An error names *what* is wrong by a stable ``code`` and the values that caused
it.  The words come from the message catalogue (``mutasi.i18n``), the HTTP
status from ``serving.errors``, the exit code from ``pipelines.cli``; nothing
here knows about any of them.
"""

from mutasi.errors._access import (
    AccountNotFound as AccountNotFound,
    BodyTooLarge as BodyTooLarge,
    BodyTooSlow as BodyTooSlow,
    ChoiceUnknown as ChoiceUnknown,
    ClientNotFound as ClientNotFound,
    IssuerUnreachable as IssuerUnreachable,
    LastAdministrator as LastAdministrator,
    LoginRefused as LoginRefused,
    MediaTypeOther as MediaTypeOther,
    NameTaken as NameTaken,
    NameUnusable as NameUnusable,
    NothingToChange as NothingToChange,
    PasswordWeak as PasswordWeak,
    RequestForged as RequestForged,
    RoleIncomplete as RoleIncomplete,
    ScopeMissing as ScopeMissing,
    SessionEnded as SessionEnded,
    TokenInvalid as TokenInvalid,
    TokenMissing as TokenMissing,
    TokenUnset as TokenUnset,
    TooManyRequests as TooManyRequests,
    UnitUnknown as UnitUnknown,
)
from mutasi.errors._imports import (
    BundleFileUnknown as BundleFileUnknown,
    DiskFull as DiskFull,
    OptionMissing as OptionMissing,
    OptionOther as OptionOther,
    UploadEmpty as UploadEmpty,
    UploadKindOther as UploadKindOther,
    UploadMissing as UploadMissing,
    UploadNameUnusable as UploadNameUnusable,
    UploadsTooMany as UploadsTooMany,
    UploadTwice as UploadTwice,
    UploadUnreadable as UploadUnreadable,
)
from mutasi.errors._jobs import (
    JobBroken as JobBroken,
    JobFileNotFound as JobFileNotFound,
    JobGivenUp as JobGivenUp,
    JobGoingOn as JobGoingOn,
    JobNotFound as JobNotFound,
    JobOver as JobOver,
    JobUnfinished as JobUnfinished,
    KeyReused as KeyReused,
    TooManyJobs as TooManyJobs,
)
from mutasi.errors._kinds import (
    Conflict as Conflict,
    Forbidden as Forbidden,
    Invalid as Invalid,
    MutasiError as MutasiError,
    NotFound as NotFound,
    Unavailable as Unavailable,
)
from mutasi.errors._plans import (
    AssignmentEndless as AssignmentEndless,
    AssignmentUnlawful as AssignmentUnlawful,
    DemandUnknown as DemandUnknown,
    FloorUnreachable as FloorUnreachable,
    NobodyToMove as NobodyToMove,
    OutcomeUnknown as OutcomeUnknown,
    PairUnusable as PairUnusable,
    PinNotOffered as PinNotOffered,
    PinOfOne as PinOfOne,
    PinsContradict as PinsContradict,
    PlanBroken as PlanBroken,
    PlanImpossible as PlanImpossible,
    PlanNotFound as PlanNotFound,
    PlansApart as PlansApart,
    PlanUnreadable as PlanUnreadable,
    RequestUnparsed as RequestUnparsed,
    RequestUnreadable as RequestUnreadable,
    SeatsNegative as SeatsNegative,
    TooFewLasting as TooFewLasting,
    UtilityUnusable as UtilityUnusable,
)
from mutasi.errors._store import (
    BackupChanged as BackupChanged,
    BackupFailed as BackupFailed,
    BackupUnproven as BackupUnproven,
    BackupUnusable as BackupUnusable,
    HeadUnusable as HeadUnusable,
    PlaceTaken as PlaceTaken,
    ProgramMissing as ProgramMissing,
    ReceiptNotFound as ReceiptNotFound,
    ReceiptPruned as ReceiptPruned,
    ReceiptsNeeded as ReceiptsNeeded,
    ReceiptUnreadable as ReceiptUnreadable,
    RevisionUnknown as RevisionUnknown,
    StoreUnknown as StoreUnknown,
    StoreUnreadable as StoreUnreadable,
    StoreUnwritable as StoreUnwritable,
    ValueUnusable as ValueUnusable,
)
from mutasi.errors._webhooks import (
    TooManyWebhooks as TooManyWebhooks,
    WebhookAddressForbidden as WebhookAddressForbidden,
    WebhookAddressUnusable as WebhookAddressUnusable,
    WebhookForeign as WebhookForeign,
    WebhookKeyMissing as WebhookKeyMissing,
    WebhookNotFound as WebhookNotFound,
    WebhookRefused as WebhookRefused,
    WebhookUnreachable as WebhookUnreachable,
)
from mutasi.errors._workflow import (
    AnswersThemself as AnswersThemself,
    AppraisalKnown as AppraisalKnown,
    CaseChanged as CaseChanged,
    CaseGoing as CaseGoing,
    CaseNotFound as CaseNotFound,
    CaseOver as CaseOver,
    ConflictOfInterest as ConflictOfInterest,
    DatedAhead as DatedAhead,
    DatedBackwards as DatedBackwards,
    DayUnusable as DayUnusable,
    DeadlinePassed as DeadlinePassed,
    FactMissing as FactMissing,
    OfficeMissing as OfficeMissing,
    OutcomeKnown as OutcomeKnown,
    OutOfOrder as OutOfOrder,
    PersonNeeded as PersonNeeded,
    PlacementUnlawful as PlacementUnlawful,
    PositionFull as PositionFull,
    PreferencesChanged as PreferencesChanged,
    SecondPersonNeeded as SecondPersonNeeded,
    SourceOther as SourceOther,
    TooEarly as TooEarly,
)


class EmployeeNotFound(NotFound):
    """No employee has this number."""

    code = "employee_not_found"


class PositionNotFound(NotFound):
    """No position has this id."""

    code = "position_not_found"


class LawSilent(Invalid):
    """What is asked is about a day for which no value of a rule is known."""

    code = "law_silent"


class RegionEmpty(Conflict):
    """The store holds no employees or no positions."""

    code = "region_empty"


class RegionBesideRepeated(Invalid):
    """A region beside one's own is one's own, or is named twice: it would count twice."""

    code = "region_beside_repeated"


class RegionBesideMissing(Invalid):
    """A region beside one's own has no store in the home that is named."""

    code = "region_beside_missing"


class LimitOutOfRange(Invalid):
    """A limit is below one or above what is served at once."""

    code = "limit_out_of_range"


class CursorInvalid(Invalid):
    """A cursor is not one that an earlier page gave."""

    code = "cursor_invalid"


class BundleFileMissing(Invalid):
    """A table that the bundle must have is not there."""

    code = "bundle_file_missing"


class BundleColumnMissing(Invalid):
    """A file lacks columns that its table must have."""

    code = "bundle_column_missing"


class BundleFileUnreadable(Invalid):
    """A file cannot be read as CSV or Parquet."""

    code = "bundle_file_unreadable"


class SpreadsheetTooLarge(Invalid):
    """A spreadsheet is beyond what is read: it may be made to fill the memory."""

    code = "spreadsheet_too_large"


class HeadingsUnknown(Invalid):
    """No row of a spreadsheet names the columns that are looked for."""

    code = "headings_unknown"


class ListUnknown(Invalid):
    """No file is named as a local list is, or there is no list of this name."""

    code = "list_unknown"


class BundleFileRejected(Invalid):
    """Strict import: at least one row of the file is bad, nothing was stored."""

    code = "bundle_file_rejected"


class FolderInUse(Conflict):
    """An export would lie among other files."""

    code = "folder_in_use"


class TooFewTransfers(Conflict):
    """There are fewer past transfers than a model can be learned from."""

    code = "too_few_transfers"


class TooFewReshuffles(Conflict):
    """A period holds fewer reshuffles than it takes to learn from, or to measure on."""

    code = "too_few_reshuffles"


class PeriodUnusable(Invalid):
    """A period holds no day, or days of which nothing can be on record yet."""

    code = "period_unusable"


class ArtifactMissing(Unavailable):
    """No trained model is at the place where one is looked for."""

    code = "artifact_missing"


class AliasUnreadable(Unavailable):
    """A file that should name a model names none."""

    code = "alias_unreadable"


class ArtifactCorrupt(Unavailable):
    """A trained model's files are incomplete or not what its manifest says."""

    code = "artifact_corrupt"


class ArtifactUnsigned(Unavailable):
    """A trained model has no signature, so nobody vouches for it."""

    code = "artifact_unsigned"


class ArtifactForged(Unavailable):
    """A trained model is not what was signed, or was signed by another key."""

    code = "artifact_forged"


class KeyMissing(Unavailable):
    """A key that signs or checks models is not where it is looked for."""

    code = "key_missing"


class KeyUnusable(Unavailable):
    """A file holds no key of the kind that signs models, or the two keys are no pair."""

    code = "key_unusable"


class ChallengerMissing(Conflict):
    """No model waits to become champion."""

    code = "challenger_missing"


class ChampionAlready(Conflict):
    """The challenger is the champion."""

    code = "champion_already"


class GateNotOverruled(Invalid):
    """A gate was named that nobody may overrule, or that there is not."""

    code = "gate_not_overruled"


class ReasonMissing(Invalid):
    """A gate is overruled without a reason, or a reason is given for overruling none."""

    code = "reason_missing"


class PreviousMissing(Conflict):
    """No model served before, so there is nothing to roll back to."""

    code = "previous_missing"


class ModelNeeded(Unavailable):
    """What was asked follows from predictions, and there is no model to predict."""

    code = "model_needed"


class SamePerson(Invalid):
    """One person cannot be compared with themselves."""

    code = "same_person"


class TruthUnreadable(Invalid):
    """The folder holds no truth about an invented region, or it is incomplete."""

    code = "truth_unreadable"


class TruthMismatch(Invalid):
    """The truth is about another region than the store."""

    code = "truth_mismatch"


class ReportUnreadable(Invalid):
    """The file is no evaluation report, or one of another layout."""

    code = "report_unreadable"


class ReportMismatch(Invalid):
    """The evaluation report is about another government."""

    code = "report_mismatch"


class FeatureSchemaMismatch(Unavailable):
    """The artifact was trained on other columns than this code computes."""

    code = "feature_schema_mismatch"


class RegistryUnreadable(Unavailable):
    """What is at the place of MLflow's records is none, or is of a later version."""

    code = "registry_unreadable"


class PortTaken(Conflict):
    """The service cannot listen where it should."""

    code = "port_taken"


class CellUnusable(Invalid):
    """A cell of a file is not what it must be."""

    code = "cell_unusable"


class RowUnmatched(Invalid):
    """A family or a place is in one file and not in another."""

    code = "row_unmatched"


class YearsSeveral(Invalid):
    """A folder holds the files of several fiscal years, and none was named."""

    code = "years_several"
