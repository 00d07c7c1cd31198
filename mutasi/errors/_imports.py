"""Errors of files that are handed in over HTTP."""

from mutasi.errors._kinds import Invalid, Unavailable


class UploadUnreadable(Invalid):
    """What came is no form with files."""

    code = "upload_unreadable"


class UploadMissing(Invalid):
    """No file came."""

    code = "upload_missing"


class UploadsTooMany(Invalid):
    """More files came than are taken at once."""

    code = "uploads_too_many"


class UploadNameUnusable(Invalid):
    """The name of a file is none that it may have here."""

    code = "upload_name_unusable"


class UploadKindOther(Invalid):
    """A file is of a kind that this format does not have."""

    code = "upload_kind_other"


class UploadEmpty(Invalid):
    """A file holds nothing."""

    code = "upload_empty"


class UploadTwice(Invalid):
    """Two files have the same name, or hold the same."""

    code = "upload_twice"


class OptionOther(Invalid):
    """An option of one format came with another."""

    code = "option_other"


class OptionMissing(Invalid):
    """A format needs an option that did not come."""

    code = "option_missing"


class BundleFileUnknown(Invalid):
    """No table has the name of any of the files."""

    code = "bundle_file_unknown"


class DiskFull(Unavailable):
    """The disk takes no more."""

    code = "disk_full"
