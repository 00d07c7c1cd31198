"""A map of positions as units, positions and needs."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from mutasi.bundle.admission import PLACED_BELOW, admitted
from mutasi.bundle.quarantine import Quarantine
from mutasi.bundle.reading import Remark
from mutasi.bundle.rejected import Rejected
from mutasi.bundle.spreadsheets import heading
from mutasi.bundle.stored import Stored
from mutasi.education import inherited, offices
from mutasi.peta.columns import FAULTS, Rows
from mutasi.peta.matching import Posts, Units, kept
from mutasi.peta.titles import described
from mutasi.peta.tree import Tree, tree
from mutasi.vocabulary import Assignment, Need, Position, Unit, columns

HEAD = {
    "head_name": "name",
    "head_code": "code",
    "head_rung": "rung",
    "head_needed": "needed",
    "head_filled": "filled",
}
"""What the row of a unit says of its head, which is a post of its own."""

FIELDS: Mapping[type[Any], Mapping[str, str]] = {
    Unit: {"name": "name", "number": "number", "type": "type"},
    Position: {"name": "title", "category": "kind", "number": "number", "type": "type"},
    Need: {"needed": "needed"},
}
"""The field of a noun that each meaning of a column becomes."""


@dataclass(frozen=True)
class Drawn:
    """What a map tells.

    Attributes:
        frames: The good rows, by table; labelled as the rows of the map.
        read: Rows that tell of each table.
        rejected: What is wrong with the others.
        remarks: What the map says otherwise than the records do.
        posts: Positions, stored and drawn, by title.
        units: Units, stored and drawn, by name.
    """

    frames: Mapping[str, pd.DataFrame]
    read: Mapping[str, int]
    rejected: tuple[Rejected, ...]
    remarks: tuple[Remark, ...]
    posts: Posts
    units: Units


def drawn(rows: Rows, stored: Stored, since: date, today: date) -> Drawn:
    """Return the units, positions and needs that rows of a map tell of.

    What is stored stays as it is stored; a map adds what is new and fills what is empty.

    Args:
        rows: The rows.
        stored: What is stored.
        since: The first day on which the needs hold.
        today: The day of the map.
    """
    made, told = tree(rows), _posts(rows, tree(rows))
    units, posts = Units(stored.rows("units")), Posts(stored.rows("positions"))
    drawing = _Drawing(rows, made, stored, units)
    parts: dict[type[Any], tuple[Rows, pd.DataFrame]] = {Unit: (rows, drawing.units())}
    parts[Position] = (told, _positions(told, drawing, posts, stored))
    parts[Need] = (told, _needs(told, parts[Position][1], since, today))
    ids: dict[str, Set[str]] = dict(stored)
    frames: dict[str, pd.DataFrame] = {}
    rejected: list[Rejected] = []
    for noun, (source, shown) in parts.items():
        bad = _quarantine(noun, source, made, shown)
        if noun.table in PLACED_BELOW:
            lost = [label for label in shown.index if drawing.is_lost(label)]
            bad.put(lost, PLACED_BELOW[noun.table], "unknown_reference", Unit.table)
        frame = admitted(noun, bad.kept(shown), bad, ids, pd.Timestamp(today))
        ids[noun.table] = {*ids.get(noun.table, ()), *frame[noun.key[0]]}
        frames[noun.table] = frame
        rejected += bad.rejected()
    return Drawn(
        frames,
        {noun.table: len(shown) for noun, (_, shown) in parts.items()},
        tuple(rejected),
        tuple(_differences(told, frames["positions"], stored, since)),
        posts,
        units,
    )


def _posts(rows: Rows, made: Tree) -> Rows:
    """Return the rows that are posts, those of heads among them."""
    heads = rows.text.index[rows.text["head_name"].notna()].intersection(made.units)
    text = rows.text.loc[heads, list(HEAD)].rename(columns=HEAD).assign(category="Struktural")
    kinds = rows.kinds.loc[heads, list(HEAD)].rename(columns=HEAD)
    return replace(
        rows,
        text=pd.concat([rows.text.loc[made.posts], text]).sort_index(),
        kinds=pd.concat([rows.kinds.loc[made.posts], kinds]).sort_index().fillna(0),
    )


class _Drawing:
    """The units of a map, each with its id, parents before children."""

    def __init__(self, rows: Rows, made: Tree, stored: Stored, known: Units) -> None:
        self.text = rows.text
        self.made = made
        self.known = known
        self.ids: dict[int, str] = {}
        self._roots: dict[int, str] = {}
        self._stored = stored.rows("units")
        self._regions = dict(zip(self._stored["unit_id"], self._stored["region"], strict=True))
        every = set(self._regions.values())
        self._region = every.pop() if len(every) == 1 else None

    def units(self) -> pd.DataFrame:
        """Return one row a unit, as text."""
        depth = self.made.numbers
        waiting = sorted(self.made.units, key=lambda label: len(depth.get(label, ())))
        made: dict[int, tuple[Any, Any, Any, Any]] = {}
        while ready := [label for label in waiting if not self.is_lost(label)]:
            made |= {label: self._unit(label) for label in ready}
            waiting = [label for label in waiting if label not in made]
        for label in waiting:
            made[label] = (None, self.text.at[label, "name"], None, self.text.at[label, "unit"])
        names = ["unit_id", "name", "region", "parent_id"]
        told = pd.DataFrame.from_dict(made, orient="index", columns=names, dtype="str").sort_index()
        shown = pd.DataFrame(
            {column.name: told.get(column.name) for column in columns(Unit)},
            index=told.index,
            dtype="str",
        )
        shown["is_remote"] = "false"
        shown["function"] = self._functions(told)
        return kept(shown, self._stored, "unit_id")

    def _functions(self, told: pd.DataFrame) -> "pd.Series[str]":
        """Return what each unit serves: what its name tells, or what is stored above it."""
        once = told.dropna(subset=["unit_id"]).drop_duplicates("unit_id").set_index("unit_id")
        before = self._stored.set_index("unit_id")
        new = once[~once.index.isin(before.index)]
        own = pd.concat([before["function"].astype("str"), offices(new["name"])])
        above = pd.concat([before["parent_id"].astype("str"), new["parent_id"]])
        return told["unit_id"].map(inherited(own, above))

    def above(self, label: int) -> str | None:
        """Return the unit that a row stands below: by number, or by the name it gives."""
        if label in self.made.above:
            return self.ids.get(self.made.above[label])
        said = self.text.at[label, "unit"]
        return self.known.named(said) if isinstance(said, str) else None

    def is_lost(self, label: int) -> bool:
        """Return whether a row stands below a unit that nobody knows, or that is lost itself."""
        is_below = label in self.made.above or isinstance(self.text.at[label, "unit"], str)
        return is_below and label not in self.ids and self.above(label) is None

    def _unit(self, label: int) -> tuple[Any, Any, Any, Any]:
        name, code = self.text.at[label, "name"], self.text.at[label, "code"]
        above = self.above(label)
        if not isinstance(name, str):
            return (code, None, self._region, above)
        unit = self.known.known(name, code, above)
        number = ".".join(self.made.numbers.get(label, (heading(name),)))
        root = self._roots.get(self.made.above.get(label, -1), above)
        if unit is None:
            new = heading(name) if root is None else f"{root}/{number}"
            unit = code if isinstance(code, str) else new
            self.known.add(unit, name, above)
        region = self._regions.get(unit) or self._regions.get(above or "") or self._region
        self.ids[label], self._roots[label] = unit, root or unit
        if region is not None:
            self._regions[unit] = region
        return (unit, name, region, above)


def _positions(told: Rows, drawing: _Drawing, posts: Posts, stored: Stored) -> pd.DataFrame:
    """Return one row a post, as text."""
    text = told.text
    own = described(text)
    made = []
    for label, title in own["title"].items():
        place = int(str(label))
        is_head = place in drawing.ids
        unit = drawing.ids[place] if is_head else drawing.above(place)
        code = text.at[place, "code"]
        post = None
        if isinstance(title, str) and unit is not None:
            post = posts.known(title, code, unit)
            if post is None and is_head:
                post = posts.head(unit, own.at[place, "rung"])
            if post is None:
                post = code if isinstance(code, str) else f"{unit}:{heading(title)}"
                posts.add(post, unit, title)
        made.append((post, unit or drawing.text.at[place, "unit"]))
    ids = pd.DataFrame(made, text.index, ["position_id", "unit_id"], dtype="str")
    source = pd.concat([ids, own], axis=1).assign(allowance_class=text["allowance"])
    shown = pd.DataFrame(
        {column.name: source.get(column.name) for column in columns(Position)},
        index=text.index,
        dtype="str",
    )
    return kept(shown, stored.rows("positions"), "position_id")


def _needs(told: Rows, posts: pd.DataFrame, since: date, today: date) -> pd.DataFrame:
    """Return one row a post of which the need is said, as text; halves are rounded up."""
    number, _ = told.amounts("needed")
    whole = ((number + 0.5) // 1).map("{:.0f}".format).where(number.notna())
    said = told.text["needed"].notna() | told.kinds["needed"].isin(list(FAULTS))
    shown = pd.DataFrame(
        {
            "position_id": posts["position_id"],
            "since": since.isoformat(),
            "needed": whole.fillna(told.text["needed"]),
            "workload": None,
            "known_on": min(since, today).isoformat(),
        },
        dtype="str",
    )
    return shown[said]


def _quarantine(noun: type[Any], source: Rows, made: Tree, shown: pd.DataFrame) -> Quarantine:
    """Return a quarantine of rows, with what is wrong with them before they are judged."""
    fields = FIELDS[noun]
    bad = Quarantine(noun, shown, source.place, source.names(fields))
    mine = set(shown.index)
    bad.put(mine & set(source.broken), "", "wrong_number_of_fields")
    for meaning, field in fields.items():
        for reason, labels in source.faults(meaning):
            bad.put(mine & set(labels), field, reason)
    for label, meaning, reason in made.faults:
        if meaning in fields and label in mine:
            bad.put([label], fields[meaning], reason)
    return bad


def _differences(told: Rows, posts: pd.DataFrame, stored: Stored, since: date) -> Iterator[Remark]:
    """Tell where a map says that a post has other holders than the records."""
    held = stored.rows("postings")
    day = pd.Timestamp(since)
    ends = pd.to_datetime(held["ended_on"])
    lasts = (pd.to_datetime(held["started_on"]) <= day) & (ends.isna() | (ends >= day))
    definitive = held["assignment"] == Assignment.DEFINITIVE.value
    holders = held.loc[lasts & definitive, "position_id"].value_counts()
    filled, needed, rest = (told.amounts(name)[0] for name in ("filled", "needed", "difference"))
    held_by = posts["position_id"].map(holders).fillna(0)
    differs = posts.index[filled[posts.index].notna() & (filled[posts.index] != held_by)]
    for label in differs:
        said = {"stated": float(filled[label]), "held": int(held_by[label])}
        yield Remark("filled_differs", _where(told, posts, label) | said)
    worked_out = filled - needed
    wrong = rest.notna() & worked_out.notna() & (rest != worked_out)
    for label in posts.index[wrong[posts.index]]:
        said = {"stated": float(rest[label]), "difference": float(worked_out[label])}
        yield Remark("difference_differs", _where(told, posts, label) | said)


def _where(told: Rows, posts: pd.DataFrame, label: int) -> dict[str, object]:
    file, row = told.place(label)
    return {"file": file, "row": row, "title": posts.at[label, "title"]}
