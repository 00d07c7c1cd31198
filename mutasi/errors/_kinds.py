"""What kinds of errors there are: an edge needs to know no more of one."""

from typing import ClassVar


class MutasiError(Exception):
    """Base of every error that is raised on purpose."""

    code: ClassVar[str] = "error"

    def __init__(self, **params: object) -> None:
        super().__init__(f"{self.code}: {params}")
        self.params = params


class NotFound(MutasiError):
    """What was asked for does not exist, or not for this caller."""


class Conflict(MutasiError):
    """The request is well-formed, but the present state forbids it."""


class Invalid(MutasiError):
    """What was handed in cannot be understood or accepted."""


class Forbidden(MutasiError):
    """The caller is unknown, or may not do this."""


class Unavailable(MutasiError):
    """A part that is depended on is not ready."""
