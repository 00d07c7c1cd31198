"""Records are saved by key and read as what was known on a day."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa
from hypothesis import given, settings, strategies as st

from mutasi.errors import RegionEmpty
from mutasi.snapshot import Snapshot
from mutasi.store import personnel, session
from mutasi.store.personnel import Saved
from mutasi.vocabulary import NOUNS
from tests.conftest import StoreOf
from tests.mutasi.store.invented import FIRST, LAST, region
from tests.records import frames

ALL = {noun.table for noun in NOUNS}


def stored(store: sa.Engine, records: dict[str, pd.DataFrame]) -> dict[str, Saved]:
    with session.unit_of_work(store) as work:
        return personnel.save(work, records)


def known(store: sa.Engine, day: date | None = None) -> Snapshot:
    with session.reading(store) as work:
        return personnel.snapshot(work, day)


def assert_same(one: Snapshot, other: Snapshot) -> None:
    assert one.as_of == other.as_of
    for table in ALL:
        pd.testing.assert_frame_equal(one.tables[table], other.tables[table])


def by_key(records: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    return {
        noun.table: records[noun.table].sort_values(list(noun.key), ignore_index=True)
        for noun in NOUNS
    }


def test_what_is_saved_is_what_is_read(store: sa.Engine, rng: np.random.Generator) -> None:
    records = region(rng)
    stored(store, records)

    assert_same(known(store, LAST), Snapshot.of(LAST, by_key(records)))


@pytest.fixture(scope="module")
def filled(store_of: StoreOf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    """A store that is only read."""
    made = session.engine(store_of(tmp_path_factory.mktemp("filled")))
    stored(made, region(np.random.default_rng(1)))
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def late(filled: sa.Engine) -> Snapshot:
    """All that was ever known."""
    return known(filled, LAST)


@given(st.dates(FIRST, LAST))
@settings(max_examples=15)
def test_a_later_snapshot_rewound_equals_an_earlier_one(
    filled: sa.Engine, late: Snapshot, early: date
) -> None:
    assert_same(late.rewound(early), known(filled, early))


def test_a_rewound_snapshot_rewound_again_equals_an_earlier_one(
    filled: sa.Engine, late: Snapshot
) -> None:
    early = date(2013, 3, 1)

    assert_same(late.rewound(date(2016, 8, 17)).rewound(early), known(filled, early))


def test_what_became_known_later_changes_nothing(
    store: sa.Engine, rng: np.random.Generator
) -> None:
    day = date(2015, 6, 30)
    records = region(rng)
    stored(store, records)
    before = known(store, day)

    later = {
        noun.table: unseen(noun, region(rng, rows=80)[noun.table], records[noun.table])
        for noun in NOUNS
    }
    saved = stored(
        store, {table: frame.assign(known_on=date(2015, 7, 1)) for table, frame in later.items()}
    )

    assert all(counts.new for counts in saved.values())
    assert_same(known(store, day), before)


def unseen(noun: type[Any], frame: pd.DataFrame, seen: pd.DataFrame) -> pd.DataFrame:
    """Return the rows whose key is not there yet."""
    keys = pd.MultiIndex.from_frame(seen[list(noun.key)])
    return frame[~pd.MultiIndex.from_frame(frame[list(noun.key)]).isin(keys)]


def test_saving_again_changes_nothing(store: sa.Engine, rng: np.random.Generator) -> None:
    records = region(rng)

    first, second = stored(store, records), stored(store, records)

    assert first == {table: Saved(len(frame), 0, 0) for table, frame in records.items()}
    assert second == {table: Saved(0, 0, len(frame)) for table, frame in records.items()}


def test_a_record_with_a_known_key_replaces_the_one_before(store: sa.Engine) -> None:
    stored(store, frames(units=[{"unit_id": "A", "name": "Old"}, {"unit_id": "B"}]))

    saved = stored(
        store,
        frames(units=[{"unit_id": "A", "name": "New"}, {"unit_id": "B"}, {"unit_id": "C"}]),
    )

    assert saved["units"] == Saved(new=1, changed=1, unchanged=1)
    assert known(store).tables["units"]["name"].tolist() == ["New", "Unit", "Unit"]


@pytest.mark.parametrize(
    ("before", "after"), [(None, 0.5), (0.5, None)], ids=["it is filled in", "it is taken out"]
)
def test_an_empty_field_is_a_change_like_another(
    before: float | None, after: float | None, store: sa.Engine
) -> None:
    stored(store, frames(units=[{"unit_id": "A", "latitude": before}]))

    assert stored(store, frames(units=[{"unit_id": "A", "latitude": after}]))["units"].changed == 1


def test_the_order_of_saving_does_not_show(store: sa.Engine, rng: np.random.Generator) -> None:
    records = region(rng)
    stored(store, {table: frame[::-1] for table, frame in records.items()})

    assert_same(known(store, LAST), Snapshot.of(LAST, by_key(records)))


def test_whole_numbers_and_days_may_come_in_any_dtype(store: sa.Engine) -> None:
    records = frames(
        units=[{"unit_id": "A"}],
        positions=[
            {"position_id": "P", "unit_id": "A", "level": 3},
            {"position_id": "Q", "unit_id": "A"},
        ],
    )
    stored(store, records)
    positions = records["positions"]
    positions = positions.assign(
        level=positions["level"].astype("Int64"),
        known_on=pd.to_datetime(positions["known_on"]).astype("datetime64[ns]"),
        closed_on=pd.to_datetime(positions["closed_on"]),
        title=positions["title"].astype("category"),
    )

    assert stored(store, {"positions": positions})["positions"] == Saved(0, 0, 2)


def test_more_rows_than_are_written_at_once_are_all_written(
    store: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(personnel, "ROWS_AT_ONCE", 3)
    told: list[tuple[str, int, int]] = []
    records = frames(units=[{"unit_id": str(number)} for number in range(7)])

    with session.unit_of_work(store) as work:
        personnel.save(work, records, lambda *said: told.append(said))

    assert told == [("units", 3, 7), ("units", 6, 7), ("units", 7, 7)]
    assert len(known(store).tables["units"]) == 7


def test_the_last_day_on_which_anything_became_known_is_the_default(store: sa.Engine) -> None:
    stored(
        store,
        frames(
            units=[{"unit_id": "A", "known_on": date(2001, 1, 1)}],
            employees=[{"employee_id": "E", "known_on": date(2012, 2, 29)}],
        ),
    )

    assert known(store).as_of == date(2012, 2, 29)


def test_an_empty_store_has_no_last_day(store: sa.Engine) -> None:
    with pytest.raises(RegionEmpty):
        known(store)
