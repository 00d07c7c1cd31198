"""Whatever is handed in: no crash, rows in = rows stored + rows in quarantine, or nothing."""

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, event, given, settings, strategies as st

from mutasi.bundle import parsing, reading
from mutasi.bundle.contract import NOUN_OF
from mutasi.bundle.quarantine import REASONS
from mutasi.bundle.reading import Bundle
from mutasi.bundle.stored import Stored
from mutasi.errors import MutasiError
from mutasi.i18n import LANGUAGES
from mutasi.lists import reading as lists
from mutasi.lists.catalogue import LISTS
from mutasi.sentences import rejection_sentence
from mutasi.settings import Settings
from mutasi.store import personnel, session
from mutasi.vocabulary import columns
from pipelines.ingest import Imported, Reader, ingest, reader_of
from pipelines.pages.workbook import Sheet, write
from tests.conftest import StoreOf
from tests.records import TODAY
from tests.regions import BUDI, SITI, tiny_folder

QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
END_OF_TIME = date(9999, 12, 31)
READ = reader_of("bundle", TODAY)

LONE_RETURN = re.compile(r"\r(?!\n)")
JUNK = st.one_of(
    st.sampled_from(
        [
            *("", " ", "-", "null", "0000-00-00", "01-01-0001", "nan", "inf", "#REF!", "=1+1"),
            *("31-02-2020", "2020-13-01", "2262-04-12", "9999-12-31", "1677-01-01", "44927"),
            *("1e400", "-1", "1.234", "1,5", "1.234,5", "9" * 400, "0x10", "½", "٣", "1_000"),
            *("DINKES", "PKM-1", "P1", SITI, BUDI, f"'{SITI}", "1.98505172010012E+17", "O1"),
            *('"', "'", ";", "a\nb", "a\r\nb", "\x00", "\ufeff", "\u202e", "🙂", "é" * 300),
            *("ya", "tidak", "true", "PNS", "pppk", "D", "PLT", "skp_2011", "accepted", "I/a"),
        ]
    ),
    st.text(max_size=20),
)
"""What may stand in a cell."""


@dataclass(frozen=True)
class Table:
    """A file as lines of cells, the first the headings."""

    name: str
    lines: list[list[str]]

    def text(self, separator: str, end: str) -> str:
        made = io.StringIO()
        writer = csv.writer(made, delimiter=separator, lineterminator=end)
        # A lone carriage return ends a row, and the writer does not quote it.
        writer.writerows([LONE_RETURN.sub("\r\n", cell) for cell in line] for line in self.lines)
        return made.getvalue()

    def rows(self) -> int:
        """Return how many rows say anything that the table has, or have too many or few fields."""
        heads = [head.strip().casefold() for head in self.lines[0]]
        known = {column.name for column in columns(NOUN_OF[self.name])}
        places = [place for place, head in enumerate(heads) if head in known]
        return sum(
            any(line)
            if len(line) != len(heads)
            else any(line[place].strip() not in parsing.EMPTY for place in places)
            for line in self.lines[1:]
        )


def tables(folder: Path) -> list[Table]:
    """Return the files of a bundle."""
    return [
        Table(path.stem, list(csv.reader(path.read_text(encoding="utf-8").splitlines())))
        for path in sorted(folder.glob("*.csv"))
    ]


def spoil(data: st.DataObject, table: Table) -> None:
    """Do something bad to a table."""
    lines = table.lines
    row = data.draw(st.integers(1, max(len(lines) - 1, 1)))
    place = data.draw(st.integers(0, len(lines[0]) - 1))
    what = data.draw(st.sampled_from(["cell"] * 6 + ["again", "blank", "short", "long", "heading"]))
    if what == "heading":
        lines[0][place] = data.draw(st.sampled_from(["other", "Unit_ID", " name ", lines[0][-1]]))
    elif what == "blank":
        lines.insert(row, [])
    elif row < len(lines) and what == "again":
        lines.append(list(lines[row]))
    elif row < len(lines) and what == "short":
        lines[row] = lines[row][:place]
    elif row < len(lines) and what == "long":
        lines[row] = [*lines[row], data.draw(JUNK)]
    elif row < len(lines) and place < len(lines[row]):
        lines[row][place] = data.draw(JUNK)


def spoilt_bundle(data: st.DataObject, folder: Path) -> Mapping[str, int]:
    """Write a bundle with some bad places; return the rows of each table."""
    made = tables(tiny_folder(folder))
    for _ in range(data.draw(st.integers(1, 8))):
        spoil(data, data.draw(st.sampled_from(made)))
    for table in made:
        separator, end = (
            data.draw(st.sampled_from([",", ";", "\t"])),
            data.draw(st.sampled_from(["\n", "\r\n"])),
        )
        mark = data.draw(st.sampled_from(["", "\ufeff"]))
        text = mark + table.text(separator, end)
        (folder / f"{table.name}.csv").write_bytes(text.encode())
    return {table.name: table.rows() for table in made}


def accounted(bundle: Bundle) -> None:
    """Hold a bundle to its promise: a row is stored or told, and told in words."""
    bad = Counter(table for table, *_ in {(r.table, r.file, r.row) for r in bundle.rejected})
    for table, count in bundle.read.items():
        assert count == len(bundle.frames[table]) + bad[table], table
    for each in bundle.rejected:
        assert each.reason in REASONS
        assert all(rejection_sentence(each, language) for language in LANGUAGES)


@settings(max_examples=20, suppress_health_check=QUIET)
@given(data=st.data())
def test_every_row_of_a_spoilt_bundle_is_taken_or_told(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("region")
    rows = spoilt_bundle(data, folder)
    try:
        bundle = reading.read(folder, today=TODAY)
    except MutasiError as refusal:
        event(f"refused: {refusal.code}")
        return

    accounted(bundle)
    assert {table: bundle.read[table] for table in rows} == rows
    event(f"{sorted({each.reason for each in bundle.rejected})}")


@settings(max_examples=20, suppress_health_check=QUIET)
@given(
    name=st.sampled_from(["units", "positions", "employees", "postings", "offers"]),
    edits=st.lists(
        st.tuples(st.floats(0, 1), st.integers(0, 12), st.binary(max_size=12)),
        min_size=1,
        max_size=5,
    ),
)
def test_whatever_bytes_a_file_is_made_of_it_is_taken_told_or_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, edits: list[tuple[float, int, bytes]]
) -> None:
    folder = tiny_folder(tmp_path_factory.mktemp("region"))
    path = folder / f"{name}.csv"
    content = path.read_bytes()
    for share, cut, put in edits:
        place = int(share * len(content))
        content = content[:place] + put + content[place + cut :]
    path.write_bytes(content)
    try:
        bundle = reading.read(folder, today=TODAY)
    except MutasiError as refusal:
        event(f"refused: {refusal.code}")
        return

    accounted(bundle)


@pytest.fixture(scope="module")
def home(store_of: StoreOf, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return a store with the tiny region, into which everything else is taken."""
    place = tmp_path_factory.mktemp("home")
    home = Settings(home=place, database=store_of(place))
    folder = tiny_folder(tmp_path_factory.mktemp("first"))
    assert isinstance(taken_in(home, folder, READ), Imported)
    return home


def taken_in(home: Settings, folder: Path, reader: Reader) -> Imported | MutasiError:
    try:
        return ingest(home, folder, reader, lambda *_: None, language="id")
    except MutasiError as refusal:
        return refusal


def held(home: Settings) -> dict[str, pd.DataFrame]:
    with session.reading(session.engine(home.database_url)) as work:
        return dict(personnel.snapshot(work, END_OF_TIME).tables)


def balanced(home: Settings, before: dict[str, pd.DataFrame], came: Imported | MutasiError) -> None:
    """Hold an import to its promise: every row is accounted for, or nothing has changed."""
    after = held(home)
    if isinstance(came, MutasiError):
        event(f"refused: {came.code}")
        for table, frame in before.items():
            pd.testing.assert_frame_equal(frame, after[table])
        return
    for table, count in came.read.items():
        saved = came.saved.get(table)
        stored = 0 if saved is None else saved.new + saved.changed + saved.unchanged
        assert count == stored + came.quarantined.get(table, 0), table
        grown = len(after[table]) - len(before[table])
        assert grown <= (0 if saved is None else saved.new)


@settings(max_examples=6, suppress_health_check=QUIET)
@given(data=st.data())
def test_an_import_stores_or_tells_every_row_or_changes_nothing(
    home: Settings, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("region")
    spoilt_bundle(data, folder)
    before = held(home)

    balanced(home, before, taken_in(home, folder, READ))


@settings(max_examples=6, suppress_health_check=QUIET)
@given(data=st.data())
def test_an_import_of_local_lists_stores_or_tells_every_row_or_changes_nothing(
    home: Settings, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("lists")
    for each in data.draw(st.lists(st.sampled_from(LISTS), min_size=1, max_size=3, unique=True)):
        heads = [
            each.heading(field, data.draw(st.sampled_from(LANGUAGES))) for field in each.fields
        ]
        cells = st.lists(JUNK | st.integers(0, 10**18) | st.none(), min_size=1, max_size=len(heads))
        rows = data.draw(st.lists(cells, max_size=6))
        padded = [[*row, *[None] * (len(heads) - len(row))] for row in rows]
        write(folder / f"{each.names[0]}.xlsx", {"a": Sheet(heads, padded)})
    before = held(home)

    def reader(place: Path, stored: Stored, told: reading.Progress) -> Bundle:
        bundle = lists.read(place, stored, told, today=TODAY)
        accounted(bundle)
        return bundle

    balanced(home, before, taken_in(home, folder, reader))
