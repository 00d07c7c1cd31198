"""JSON of any size, value by value, in a bounded part of the memory.

A value that fits into :data:`LONGEST` signs is decoded at once.  What is longer is not
one record but many: a list is then entered element by element, an object member by
member.  So memory holds one piece of the file at a time, however long the file is.
"""

from collections.abc import Callable, Iterator
from json import JSONDecodeError, JSONDecoder, detect_encoding
from pathlib import Path
from typing import Any, Final, TextIO

from mutasi.bundle.rejected import shown_name
from mutasi.errors import BundleFileUnreadable

PIECE: Final = 1 << 20
"""Signs read at once."""

LONGEST: Final = 1 << 22
"""Signs of the longest value that is decoded at once; no record is near as long."""

LITERAL_ENDS: Final = '"}]'
"""Ends of values that cannot go on in the next piece, as a number can."""

BLANKS: Final = " \t\r\n\ufeff"

WIDE: Final = object()
"""Stands for a value that is too long to be decoded at once."""

# Numbers stay the text that they are: an 18-digit number keeps its digits.
_decoder = JSONDecoder(parse_int=str, parse_float=str, parse_constant=str, strict=False)


class Damaged(Exception):
    """The text is no JSON, or breaks off."""


class Text:
    """A text that is read piece by piece."""

    def __init__(self, file: TextIO, told: Callable[[int], None] | None = None) -> None:
        """Begin to read; ``told`` is called with the number of signs of each piece."""
        self._file = file
        self._told = told
        self._held = ""
        self._at = 0
        self._ended = False

    def next_sign(self) -> str:
        """Return the next sign that is not blank, without taking it; nothing at the end."""
        while True:
            while self._at < len(self._held):
                sign = self._held[self._at]
                if sign not in BLANKS:
                    return sign
                self._at += 1
            if not self._more():
                return ""

    def take(self, signs: str) -> str:
        """Take the next sign, which must be one of some.

        Raises:
            Damaged: If it is another.
        """
        sign = self.next_sign()
        if not sign or sign not in signs:
            raise Damaged
        self._at += 1
        return sign

    def value(self) -> Any:
        """Take the next value; what is too long for that stays, and is told as ``WIDE``.

        Raises:
            Damaged: If it is none.
        """
        self.next_sign()
        while True:
            try:
                value, end = _decoder.raw_decode(self._held, self._at)
            except (JSONDecodeError, RecursionError) as error:
                if isinstance(error, RecursionError) or self._ended:
                    raise Damaged from error
            else:
                if end < len(self._held) or self._held[-1] in LITERAL_ENDS or self._ended:
                    self._at = end
                    return value
            if len(self._held) - self._at >= LONGEST:
                return WIDE
            self._more()

    def elements(self) -> Iterator[None]:
        """Enter a list; yields before each element, which is to be taken."""
        self.take("[")
        if self.next_sign() == "]":
            self.take("]")
            return
        while True:
            yield
            if self.take(",]") == "]":
                return

    def members(self) -> Iterator[str]:
        """Enter an object; yields the name of each member, whose value is to be taken."""
        self.take("{")
        if self.next_sign() == "}":
            self.take("}")
            return
        while True:
            name = self.value()
            if not isinstance(name, str) or not self.take(":"):
                raise Damaged
            yield name
            if self.take(",}") == "}":
                return

    def _more(self) -> bool:
        """Read on, at least as much as is held, so that trying again costs little."""
        if self._ended:
            return False
        piece = self._file.read(max(PIECE, len(self._held) - self._at))
        self._held = self._held[self._at :] + piece
        self._at = 0
        self._ended = not piece
        if self._told is not None:
            self._told(len(piece))
        return not self._ended


def opened(path: Path) -> TextIO:
    """Return a JSON file as text, whichever Unicode it is in.

    Raises:
        BundleFileUnreadable: If it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            encoding = detect_encoding(file.read(4))
        return path.open(encoding=encoding, newline="")
    except OSError as error:
        raise BundleFileUnreadable(file=shown_name(Path(path.name)), reason="damaged") from error
