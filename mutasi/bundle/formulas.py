"""Text that no spreadsheet takes for a formula, and back: for every CSV that is written.

A cell that begins as a formula is opened as one, whatever quotes stand around it.  So is
what follows a semicolon, a tab or the end of a line where a spreadsheet parts cells by
semicolons, as it does in Indonesia: it knows no quotes within a line that begins with none.
An apostrophe before it makes it text; reading takes that away again.
"""

import re
from collections.abc import Callable
from typing import Any, Final

import pyarrow as pa
from pyarrow import compute

FULL_WIDTH: Final = "\uff1d\uff20\uff0b\uff0d"
"""The signs = @ + - of East Asian text, which begin formulas too."""

SIGN: Final = rf"[=@+\-\t\r{FULL_WIDTH}]"
MAYBE: Final = f"(?:^|[;\t\r\n])'*{SIGN}"
"""Found in every text that may have to be changed."""

BEGUN: Final = r"(?<![^;\t\r\n])"
FORMULA: Final = rf"(?='*{SIGN})(?!'*[+\-][\d.,]+\Z)"
"""What stands before the signs of a formula; a number is none."""


def inert(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula; a number stays as it is.

    >>> inert("=1+1"), inert("-7.35"), inert("+62 ..."), inert("Mawar;=1+1")
    ("'=1+1", '-7.35', "'+62 ...", "Mawar;'=1+1")
    """
    return re.sub(f"{BEGUN}{FORMULA}", "'", text)


def meant(text: str) -> str:
    """Return the text that :func:`inert` was given.

    >>> meant(inert("=1+1")), meant(inert("'=1+1")), meant("Ma'ruf")
    ('=1+1', "'=1+1", "Ma'ruf")
    """
    return re.sub(f"{BEGUN}'{FORMULA}", "", text)


def each(change: Callable[[str], str], texts: Any) -> Any:
    """Return an Arrow column of texts, changed one by one where that can be needed at all."""
    if not compute.any(compute.match_substring_regex(texts, MAYBE)).as_py():
        return texts
    changed = (None if text is None else change(text) for text in texts.to_pylist())
    return pa.array(changed, pa.string())
