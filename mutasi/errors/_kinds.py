"""What kinds of errors there are: an edge needs to know no more of one."""

from collections.abc import Iterator, Mapping
from typing import ClassVar


class MutasiError(Exception):
    """Base of every error that is raised on purpose."""

    code: ClassVar[str] = "error"

    def __init__(self, **params: object) -> None:
        super().__init__(f"{self.code}: {params}")
        self.params = params

    def plain(self) -> dict[str, object]:
        """Return the values as JSON holds them: numbers stay numbers, lists are of text."""
        return {name: _plain(value) for name, value in self.params.items()}

    @classmethod
    def recalled(cls, code: str, params: Mapping[str, object]) -> "MutasiError":
        """Return an error by its code, as it was before it was written down.

        Raises:
            StopIteration: If no error has this code.
        """
        return next(leaf for leaf in _below(cls) if leaf.code == code)(**params)


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


def _plain(value: object) -> object:
    if isinstance(value, list | tuple):
        return [str(each) for each in value]
    return value if isinstance(value, int | float) else str(value)


def _below(kind: type[MutasiError]) -> Iterator[type[MutasiError]]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)
