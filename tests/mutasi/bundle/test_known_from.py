"""Nothing is known before its day has come: by no door does a record move the region's day."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from mutasi.bundle.contract import GRACE
from mutasi.bundle.proxies import proxies
from mutasi.bundle.reading import Bundle, read
from mutasi.bundle.stored import Stored
from mutasi.i18n import LANGUAGES
from mutasi.lists import reading as lists
from mutasi.peta import reading as peta
from mutasi.sentences import rejection_sentence
from mutasi.siasn import reading as siasn
from pipelines.ias import reading as ias
from tests.mutasi.lists.test_reading import UNITS
from tests.mutasi.peta.test_reading import STORED
from tests.mutasi.siasn.export import DAY, SITI as NURSE, export, written
from tests.pipelines.ias import made
from tests.records import TODAY
from tests.regions import BUDI, SITI, added, spoilt, tiny, tiny_folder

NEXT_MONTH = TODAY + timedelta(days=30)
TOMORROW = TODAY + timedelta(days=1)


def told(bundle: Bundle) -> list[tuple[str, int, str, str, str]]:
    return [
        (each.file, each.row, each.field, each.reason, each.expected) for each in bundle.rejected
    ]


def last_day(bundle: Bundle) -> date:
    """Return the day that becomes that of the region."""
    known = pd.concat([frame["known_on"] for frame in bundle.frames.values()])
    day: date = known.max().date()
    return day


def graded(folder: Path, *rows: str) -> Path:
    (folder / "grades.csv").write_text("employee_id,since,grade,known_on\n" + "\n".join(rows))
    return folder


def test_a_row_that_is_known_from_a_later_day_is_told_with_its_place(tmp_path: Path) -> None:
    folder = graded(
        tiny_folder(tmp_path),
        f"{SITI},2016-04-01,10,{TODAY}",
        f"{SITI},2020-04-01,11,2099-01-01",
        f"{BUDI},2020-04-01,11,{TOMORROW}",
    )

    bundle = read(folder, today=TODAY)

    assert told(bundle) == [
        ("grades.csv", row, "known_on", "known_ahead", "2026-06-01") for row in (3, 4)
    ]
    assert bundle.frames["grades"]["grade"].tolist() == [10]
    assert last_day(bundle) == TODAY


@pytest.mark.parametrize("language", LANGUAGES)
def test_why_it_was_not_taken_is_said_with_the_day_that_is_believed(
    language: str, tmp_path: Path
) -> None:
    folder = graded(tiny_folder(tmp_path), f"{SITI},2016-04-01,10,2099-01-01")

    (fault,) = read(folder, today=TODAY).rejected

    sentence = {"id": "setelah 2026-06-01, hari data ini", "en": "after 2026-06-01, the day"}
    assert rejection_sentence(fault, language).startswith(sentence[language])


def test_what_begins_later_is_taken_and_known_today(tmp_path: Path) -> None:
    folder = graded(tiny_folder(tmp_path), f"{SITI},{NEXT_MONTH},11,")
    spoilt(folder / "postings.csv", ",2019-01-01,", f",{NEXT_MONTH},")
    spoilt(folder / "postings.csv", "2019-01-01", "")

    bundle = read(folder, today=TODAY)

    assert not bundle.rejected
    begun = bundle.frames["postings"].set_index("started_on")["known_on"]
    assert begun[pd.Timestamp(NEXT_MONTH)] == pd.Timestamp(TODAY)
    assert bundle.frames["grades"]["since"].dt.date.tolist() == [NEXT_MONTH]
    moves = bundle.frames["transfers"]
    assert moves["started_on"].dt.date.tolist() == [NEXT_MONTH]
    assert moves["known_on"].dt.date.tolist() == [TODAY]
    assert last_day(bundle) == TODAY


def test_other_days_may_lie_ahead_and_move_nothing(tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path)
    (folder / "sanctions.csv").write_text(
        f"employee_id,decided_on,ended_on,severity\n{SITI},2026-01-01,2031-01-01,B\n"
    )
    (folder / "needs.csv").write_text(
        "position_id,since,needed,known_on\nP2,2030-01-01,4,2026-01-01\n"
    )

    bundle = read(folder, today=TODAY)

    assert not bundle.rejected
    assert last_day(bundle) <= TODAY


def test_what_begins_in_more_than_a_year_and_says_no_day_of_knowledge_is_a_slip(
    tmp_path: Path,
) -> None:
    far = TODAY + GRACE + timedelta(days=1)
    folder = graded(tiny_folder(tmp_path), f"{SITI},{far.isoformat()[:10]},11,")

    bundle = read(folder, today=TODAY)

    assert told(bundle) == [("grades.csv", 2, "since", "in_the_future", "2027-06-02")]


def test_a_list_moves_no_day(tmp_path: Path) -> None:
    (tmp_path / "answers.csv").write_text(
        "employee_id,position_id,offered_on,answer\n"
        f"{SITI},P1,{NEXT_MONTH},accepted\n{SITI},P1,2099-12-01,accepted\n"
    )
    stored = Stored({"employees": {SITI}, "positions": {"P1"}}, lambda _: UNITS)

    bundle = lists.read(tmp_path, stored, today=TODAY)

    assert [reason for *_, reason, _ in told(bundle)] == ["in_the_future"]
    assert last_day(bundle) == TODAY


def test_a_map_of_next_years_needs_is_known_today(tmp_path: Path) -> None:
    (tmp_path / "peta.csv").write_text(
        "nomor;nama;tipe;kebutuhan\n1;Dinas Kesehatan;Unit;\n1.1;Perawat;Jabatan;4\n"
    )

    bundle = peta.read(tmp_path / "peta.csv", STORED, today=TODAY, since=date(2029, 1, 1))

    assert bundle.frames["needs"]["since"].dt.date.tolist() == [date(2029, 1, 1)]
    assert last_day(bundle) == TODAY


@pytest.mark.parametrize(
    ("row", "wrong"),
    [
        pytest.param({"tmtGolongan": "01-07-2024"}, [], id="it takes effect next month"),
        pytest.param(
            {"tmtGolongan": "01-04-2024", "skTanggal": "02-06-2024"},
            [("rw-golongan.json", 1, "skTanggal", "known_ahead", "2024-06-01")],
            id="its decree is of tomorrow",
        ),
    ],
)
def test_an_export_is_known_on_its_day_at_the_latest(
    row: dict[str, Any], wrong: list[Any], tmp_path: Path
) -> None:
    rows = {**export(), "rw-golongan": [{"nipBaru": NURSE, "golonganId": "34", **row}]}

    bundle = siasn.read(written(tmp_path, rows), today=TODAY, as_of=DAY)

    assert told(bundle) == wrong
    assert last_day(bundle) <= DAY


def test_public_tables_move_no_day(tmp_path: Path) -> None:
    folder = made.written(
        tmp_path,
        [
            made.row("A", "01/03/2001"),
            made.row("A", "01/01/2041", designation_level="Director Director"),
        ],
    )

    assert last_day(ias.read(folder, today=TODAY)) == TODAY


def test_nobody_has_returned_before_the_day_of_the_return() -> None:
    tables = tiny()
    moves = pd.DataFrame(
        {
            "employee_id": SITI,
            "from_position_id": ["P2", "P1"],
            "position_id": ["P1", "P2"],
            "decided_on": pd.to_datetime(["2026-01-01", "2026-06-01"]),
            "started_on": pd.to_datetime(["2026-01-01", str(NEXT_MONTH)]),
            "known_on": pd.to_datetime(["2026-01-01", "2026-06-01"]),
            "offer_id": None,
        }
    )
    postings = tables["postings"].astype(
        {"started_on": "datetime64[s]", "ended_on": "datetime64[s]"}
    )

    def inferred(until: date) -> int:
        offers = tables["offers"].iloc[:0].astype({"offered_on": "datetime64[s]"})
        return len(proxies(moves, offers, postings, tables["positions"], pd.Timestamp(until)))

    assert (inferred(TODAY), inferred(NEXT_MONTH)) == (0, 1)


def test_an_added_row_is_held_to_the_same_day(tmp_path: Path) -> None:
    folder = tiny_folder(tmp_path)
    added(folder / "offers.csv", f"O2,{BUDI},P1,2026-05-01,,,,,2099-01-01")
    bundle = read(folder, today=TODAY)

    assert [(field, reason) for _, _, field, reason, _ in told(bundle)] == [
        ("known_on", "known_ahead")
    ]
