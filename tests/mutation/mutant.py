"""One small change to a file of the rules."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""What to write instead of the bytes from one offset to another."""


@dataclass(frozen=True)
class Mutant:
    """A file of the rules with one change.

    Attributes:
        file: The file, below ``mutasi/rules``.
        line: The first changed line, counted from 1.
        was: The changed lines as they are, blanks between words made one.
        becomes: The same lines as changed.
        text: The whole changed file.
    """

    file: str
    line: int
    was: str
    becomes: str
    text: str

    @property
    def place(self) -> str:
        """Where it is, as ``file:line``."""
        return f"{self.file}:{self.line}"


def mutants_by(edits: Iterable[Edit], file: str, source: str) -> Iterator[Mutant]:
    """Yield a mutant for each edit that makes a text not yet seen."""
    whole = source.encode()
    seen = {source}
    for start, end, written in edits:
        text = (whole[:start] + written.encode() + whole[end:]).decode()
        if text in seen:
            continue
        seen.add(text)
        first = whole.rfind(b"\n", 0, start) + 1
        last = whole.find(b"\n", end)
        changed = whole[first:start] + written.encode() + whole[end:last]
        line = whole.count(b"\n", 0, start) + 1
        yield Mutant(file, line, _one_line(whole[first:last]), _one_line(changed), text)


def _one_line(text: bytes) -> str:
    return re.sub(r"\s+", " ", text.decode()).strip()
