"""Changes to the dated parameters of the law that a case of law must notice."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from tests.mutation.mutant import Edit

SINCE = re.compile(rb"^since = (\S+)$", re.MULTILINE)
VALUE = re.compile(rb"^value = (.+)$", re.MULTILINE)
NUMBER = re.compile(rb'"[^"]*"|(?P<number>-?\d+(?:\.\d+)?)')
ENTRY = re.compile(rb'("[^"]+"|\w+) = [\d.]+(, )?')


def edits(text: str) -> Iterator[Edit]:
    r"""Yield every change: a day or a number one step up and down, an entry of a table left out.

    >>> list(edits("since = 2020-01-01\nvalue = 0.5\n"))
    [(8, 18, '2020-01-02'), (8, 18, '2019-12-31'), (27, 30, '0.6'), (27, 30, '0.4')]
    """
    whole = text.encode()
    for found in SINCE.finditer(whole):
        day = date.fromisoformat(found[1].decode())
        for changed in (day + timedelta(days=1), day - timedelta(days=1)):
            yield *found.span(1), str(changed)
    for found in VALUE.finditer(whole):
        for number in NUMBER.finditer(whole, *found.span(1)):
            if number["number"]:
                text = number["number"].decode()
                step = Decimal(1).scaleb(-len(text.partition(".")[2]))
                yield *number.span(), str(Decimal(text) + step)
                yield *number.span(), str(Decimal(text) - step)
        for entry in ENTRY.finditer(whole, *found.span(1)):
            yield *entry.span(), ""
