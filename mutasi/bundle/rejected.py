"""What is told of a row that was not taken, and how: nothing that identifies a person.

Whoever only tells it (the service) needs no frames, so nothing here does.
"""

import re
from dataclasses import dataclass
from pathlib import PurePath

LONGEST_SHOWN = 40
SHOWN_OF_PERSONAL = 3
HIDDEN = "•••"

INVISIBLE = (
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Characters that nobody sees and that change what is seen: controls, directions, separators.

Tabs and ends of lines are none of them, nor the joiners U+200C and U+200D, which words of
several scripts need.
"""

NIP = re.compile(r"(?<!\d)\d{18}(?!\d)")
"""A number of a person in the name of a file."""


@dataclass(frozen=True)
class Rejected:
    """One thing wrong with a row that was put into quarantine.

    Attributes:
        file: Name of the file.
        row: Number of the row as a person counts: the heading of a CSV is row
            1; the first record of a Parquet file is row 1.
        field: The field, empty if it is about the whole row.
        value: What stood there, shortened, masked if it identifies a person.
        reason: One of :data:`mutasi.bundle.quarantine.REASONS`.
        expected: What may stand there: bounds, codes, a table, another row.
        table: The table that it was to end in.
    """

    file: str
    row: int
    field: str
    value: str
    reason: str
    expected: str
    table: str

    @property
    def files(self) -> str:
        """The file, or all files that are named by people's numbers as one."""
        return collapsed(self.file)


def collapsed(file: str) -> str:
    """Return the name that a file shares with others that are each about one person.

    >>> collapsed("rw-skp/•••001.json (7)"), collapsed("rw-skp.json")
    ('rw-skp/….json', 'rw-skp.json')
    """
    return re.sub(rf"{HIDDEN}\d*(\S*) \(\d+\)", r"…\1", file)


def shown_name(path: PurePath) -> str:
    """Return what a file is called, without the numbers of people that name it.

    >>> shown_name(PurePath("rw-skp/198505172010011001.csv"))
    'rw-skp/•••001.csv'
    """
    return NIP.sub(lambda found: HIDDEN + found[0][-SHOWN_OF_PERSONAL:], path.as_posix())


def shortened(value: str) -> str:
    r"""Return a value that is not too long to be shown, invisible characters by their numbers.

    >>> shortened("Sekretaris\u202e")
    'Sekretaris[U+202E]'
    """
    short = value if len(value) <= LONGEST_SHOWN else f"{value[: LONGEST_SHOWN - 1]}…"
    return re.sub(INVISIBLE, _code_point, short)


def masked(value: str) -> str:
    r"""Return a value that identifies a person so that it does not.

    >>> masked("198505172010011001"), masked("Siti"), masked("\u202eSiti")
    ('•••001', '•••', '•••[U+202E]')
    """
    if not value:
        return ""
    unseen = re.compile(INVISIBLE)
    seen = unseen.sub("", value)
    end = seen[-SHOWN_OF_PERSONAL:] if len(seen) > 2 * SHOWN_OF_PERSONAL else ""
    found = dict.fromkeys(map(_code_point, unseen.finditer(value)))
    return "".join([HIDDEN, end, *found])


def _code_point(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]"
