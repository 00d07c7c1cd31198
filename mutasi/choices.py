"""Closed lists in messages: what may be said, or of much the nearest by spelling."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

MOST: Final = 12
"""How many are all told."""

NEAREST: Final = 5


def offered(choices: Iterable[object], said: object) -> str:
    """Return the choices that a message names to whoever said something else.

    >>> offered(["usual", "thresholds"], "usuall")
    'usual, thresholds'
    >>> offered([f"field_{number:02}" for number in range(20)], "Field_1")
    'field_19, field_18, field_17, field_16, field_15, …'
    """
    every = [str(choice) for choice in choices]
    if len(every) <= MOST:
        return ", ".join(every)
    spelling = {choice.casefold(): choice for choice in every}
    near = get_close_matches(str(said).casefold(), spelling, NEAREST, cutoff=0)
    return ", ".join([*(spelling[each] for each in near), "…"])


def listed(sentence: str) -> list[str]:
    """Return the choices that a library's sentence names, each in quotes or a number.

    >>> listed("'give' or 'receive'"), listed("6, 12 or 24")
    (['give', 'receive'], ['6', '12', '24'])
    """
    return [quoted or number for quoted, number in re.findall(r"'([^']*)'|(-?\d+)", sentence)]
