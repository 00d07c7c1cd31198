"""Maps of positions and analyses of workload read: good rows as records."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pandas as pd

from mutasi.bundle.reading import Bundle, Progress, Remark
from mutasi.bundle.spreadsheets import KINDS, Sheet, sheets
from mutasi.bundle.stored import Stored
from mutasi.errors import HeadingsUnknown
from mutasi.peta.columns import MAP, TASKS, headings, rows
from mutasi.peta.establishment import drawn
from mutasi.peta.workload import counted

KEY = ["position_id", "since"]


def read(
    place: Path, stored: Stored, progress: Progress | None = None, *, today: date, since: date
) -> Bundle:
    """Read maps of positions and analyses of workload, of a folder or one file.

    A sheet with volumes of work is an analysis, any other a map. Where both say how many
    a position needs, the count of work decides, and the difference is told.

    Args:
        place: A folder of spreadsheets, or one.
        stored: What is stored: a map is drawn over it.
        progress: Called with "read", the files done and the files in all.
        today: The day of the files: needs that begin later are known from today.
        since: The first day on which the needs hold.

    Raises:
        BundleFileUnreadable: If a file cannot be read.
        HeadingsUnknown: If none is a map or an analysis.
        SpreadsheetTooLarge: If one is beyond what is read.
    """
    paths = [place] if place.is_file() else sorted(place.iterdir())
    paths = [path for path in paths if path.suffix.casefold() in KINDS]
    maps: list[Sheet] = []
    tasks: list[Sheet] = []
    strangers: list[str] = []
    known = headings(MAP) | headings(TASKS)
    for done, path in enumerate(paths, start=1):
        found = _sheets(path, known)
        maps += [sheet for sheet in found if not _is_analysis(sheet)]
        tasks += [sheet for sheet in found if _is_analysis(sheet)]
        if not found:
            strangers.append(path.name)
        if progress is not None:
            progress("read", done, len(paths))
    if not maps and not tasks:
        files = ", ".join(strangers) or place.name
        raise HeadingsUnknown(file=files, known=", ".join(sorted(headings(MAP))))
    return _together(maps, tasks, strangers, stored, since, today)


def _sheets(path: Path, known: set[str]) -> Sequence[Sheet]:
    try:
        return sheets(path, known)
    except HeadingsUnknown:
        return ()


def _is_analysis(sheet: Sheet) -> bool:
    return any(name in sheet.frame for name in TASKS["volume"])


def _together(
    maps: Sequence[Sheet],
    tasks: Sequence[Sheet],
    strangers: Sequence[str],
    stored: Stored,
    since: date,
    today: date,
) -> Bundle:
    """Return what maps and analyses tell together."""
    map_rows, task_rows = rows(maps, MAP), rows(tasks, TASKS)
    drawing = drawn(map_rows, stored, since, today)
    drawn_posts = drawing.frames["positions"]["position_id"]
    ids = {**stored, "positions": {*stored.get("positions", ()), *drawn_posts}}
    work = counted(task_rows, drawing.posts, drawing.units, ids, since, today)
    needs, remarks = _needs(drawing.frames["needs"], work.frame)
    rejected = drawing.rejected + work.rejected
    bad = {(fault.file, fault.row) for fault in rejected if fault.table == "needs"}
    frames = {**drawing.frames, "needs": needs}
    return Bundle(
        {table: frame.reset_index(drop=True) for table, frame in frames.items()},
        {**drawing.read, "needs": len(needs) + len(bad)},
        rejected,
        (*strangers, *map_rows.ignored, *task_rows.ignored),
        remarks=(*drawing.remarks, *work.remarks, *remarks),
    )


def _needs(said: pd.DataFrame, counted_: pd.DataFrame) -> tuple[pd.DataFrame, list[Remark]]:
    """Return the needs that are counted, and those said of the others; tell where both differ."""
    both = said.merge(counted_, on=KEY, suffixes=("_said", "_counted"))
    differs = both[both["needed_said"] != both["needed_counted"]]
    remarks = [
        Remark("need_differs", {"position": post, "stated": int(stated), "counted": int(count)})
        for post, stated, count in zip(
            differs["position_id"], differs["needed_said"], differs["needed_counted"], strict=True
        )
    ]
    rest = said[~said["position_id"].isin(counted_["position_id"])]
    return pd.concat([rest, counted_], ignore_index=True), remarks
