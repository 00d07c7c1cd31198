"""The rows of a map as a tree: which is a unit, which a post, and what stands above each."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from mutasi.bundle.spreadsheets import heading
from mutasi.bundle.workbooks import Kind
from mutasi.peta.columns import Rows

UNIT_TYPES = ("unit", "tautan")
"""How the type of a row begins that is a unit; a *tautan* is one whose map is elsewhere."""

POST_TYPES = ("jabatan",)


@dataclass
class Tree:
    """Units and posts of a map, told apart.

    Attributes:
        units: Labels of rows that are units.
        posts: Labels of rows that are posts.
        numbers: The hierarchical number of a row, ``(1, 2, 10)``, by label.
        above: Label of the nearest unit above each row in its sheet, by label.
        faults: Labels, meaning of the column and reason of what is wrong.
    """

    units: list[int] = field(default_factory=list)
    posts: list[int] = field(default_factory=list)
    numbers: dict[int, tuple[str, ...]] = field(default_factory=dict)
    above: dict[int, int] = field(default_factory=dict)
    faults: list[tuple[int, str, str]] = field(default_factory=list)


def tree(rows: Rows) -> Tree:
    """Return the tree that the hierarchical numbers of rows draw.

    A number is text, ``1.2.10``; a spreadsheet that took it for a day has destroyed it,
    and one that took ``1.10`` for a number made it ``1.1``, which is then there twice.
    """
    made = Tree()
    seen: dict[tuple[int, tuple[str, ...]], int] = {}
    for label, (number, kind, said, category, needed) in enumerate(
        zip(
            rows.text["number"],
            rows.kinds["number"],
            rows.text["type"],
            rows.text["category"],
            rows.text["needed"],
            strict=True,
        )
    ):
        is_unit = _is_unit(said, has_post=isinstance(category, str) or isinstance(needed, str))
        if is_unit is None:
            made.faults.append((label, "type", "unknown_code"))
        (made.units if is_unit else made.posts).append(label)
        if kind == Kind.DAY:
            made.faults.append((label, "number", "number_became_day"))
        elif isinstance(number, str):
            parts = tuple(part.strip() for part in number.strip(".").split("."))
            key = (rows.sheets[label], parts)
            if key in seen:
                made.faults.append((label, "number", "number_twice"))
            else:
                seen[key] = label
                made.numbers[label] = parts
    _hang(made, rows, seen)
    return made


def _is_unit(said: object, *, has_post: bool) -> bool | None:
    if not isinstance(said, str):
        return not has_post
    word = heading(said)
    if word.startswith(UNIT_TYPES):
        return True
    return False if word.startswith(POST_TYPES) else None


def _hang(made: Tree, rows: Rows, seen: Mapping[tuple[int, tuple[str, ...]], int]) -> None:
    """Find the nearest unit above each row that has a number."""
    units = set(made.units)
    for label, number in made.numbers.items():
        for end in range(len(number) - 1, 0, -1):
            above = seen.get((rows.sheets[label], number[:end]))
            if above is not None and above in units:
                made.above[label] = above
                break
