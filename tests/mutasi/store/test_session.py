"""One unit of work is kept as a whole or not at all; readers wait for nobody."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from mutasi.errors import StoreUnreadable
from mutasi.store import personnel, session
from tests.records import frames


def units(*names: str) -> list[dict[str, object]]:
    return [{"unit_id": name} for name in names]


def save_half(store: sa.Engine) -> None:
    with session.unit_of_work(store) as work:
        personnel.save(work, frames(units=units("B")))
        raise RuntimeError("halfway")


def test_a_unit_of_work_that_fails_leaves_the_store_as_it_was(store: sa.Engine) -> None:
    with session.unit_of_work(store) as work:
        personnel.save(work, frames(units=units("A")))

    with pytest.raises(RuntimeError, match="halfway"):
        save_half(store)

    with session.reading(store) as work:
        assert personnel.ids(work)["units"] == {"A"}


def test_a_reader_sees_one_state_while_another_writes(store: sa.Engine) -> None:
    with session.reading(store) as reader:
        before = personnel.ids(reader)
        with session.unit_of_work(store) as writer:
            personnel.save(writer, frames(units=units("A")))
        assert personnel.ids(reader) == before

    with session.reading(store) as reader:
        assert personnel.ids(reader)["units"] == {"A"}


def test_a_store_that_is_up_to_date_opens_while_another_writes(store: sa.Engine, url: str) -> None:
    with session.unit_of_work(store) as work:
        personnel.save(work, frames(units=units("A")))
        other = session.engine(url)
        with session.reading(other) as reader:
            assert personnel.ids(reader)["units"] == set()
        other.dispose()


def test_a_record_may_come_before_the_one_it_refers_to(store: sa.Engine) -> None:
    below = {"unit_id": "A", "parent_id": "B"}
    with session.unit_of_work(store) as work:
        personnel.save(work, frames(units=[below, {"unit_id": "B"}]))

    with session.reading(store) as work:
        assert personnel.ids(work)["units"] == {"A", "B"}


def test_a_record_that_refers_to_nothing_undoes_its_unit_of_work(store: sa.Engine) -> None:
    orphan = {"position_id": "P", "unit_id": "NOWHERE"}
    with pytest.raises(sa.exc.IntegrityError), session.unit_of_work(store) as work:
        personnel.save(work, frames(units=units("A"), positions=[orphan]))

    with session.reading(store) as work:
        assert personnel.ids(work)["units"] == set()


def test_a_file_that_is_no_store_is_told(tmp_path: Path) -> None:
    place = tmp_path / "mutasi.db"
    place.write_text("a letter, not a database\n" * 100)

    with pytest.raises(StoreUnreadable) as caught:
        session.engine(f"sqlite:///{place}")

    assert caught.value.params["store"] == f"sqlite:///{place}"
    assert place.read_text().startswith("a letter")


def test_a_store_of_a_later_version_is_told(store: sa.Engine, url: str) -> None:
    with store.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreUnreadable):
        session.engine(url)
