"""One unit of work is kept as a whole or not at all; readers wait for nobody."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from mutasi.errors import StoreUnknown, StoreUnreadable, StoreUnwritable, ValueUnusable
from mutasi.store import personnel, session
from tests.postgresql import Server
from tests.records import frames

PAGE = 4096


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


def test_a_reader_of_postgresql_cannot_write(postgresql_server: Server) -> None:
    store = session.engine(postgresql_server.database())
    with session.unit_of_work(store) as work:
        personnel.save(work, frames(units=units("A")))

    with pytest.raises(StoreUnreadable), session.reading(store) as reader:
        personnel.remove(reader, "units", {"A"})

    with session.reading(store) as reader:
        assert personnel.ids(reader)["units"] == {"A"}


def test_who_waited_reads_what_the_one_before_wrote(store: sa.Engine) -> None:
    """Ten writers who each add one to what they read add ten."""

    def add_one(_: int) -> None:
        with session.unit_of_work(store) as work:
            held = personnel.rows(work, "units")
            latest = 1 + max(held["latitude"], default=0)
            personnel.save(work, frames(units=[{"unit_id": "A", "latitude": latest}]))

    with ThreadPoolExecutor(5) as threads:
        list(threads.map(add_one, range(10)))

    with session.reading(store) as reader:
        assert personnel.rows(reader, "units")["latitude"].tolist() == [10]


def test_on_postgresql_a_long_writer_keeps_only_its_own_queue_waiting(
    postgresql_server: Server,
) -> None:
    url = postgresql_server.database()
    store = session.engine(url)
    with session.unit_of_work(store, "records") as long:
        personnel.save(long, frames(units=units("A")))
        with session.unit_of_work(store) as short:
            personnel.save(short, frames(units=units("B")))

    with session.reading(store) as reader:
        assert personnel.ids(reader)["units"] == {"A", "B"}


@pytest.mark.parametrize("url", ["mysql://u:secret@h/d", "secret", "", "sqlite:secret"])
def test_a_url_of_no_known_database_is_told_without_its_password(url: str) -> None:
    with pytest.raises(StoreUnknown) as caught:
        session.engine(url)

    assert "secret@" not in str(caught.value)


@pytest.mark.parametrize("place", ["u:secret@127.0.0.1:1/d", "/d?host=/nowhere&password=secret"])
def test_a_database_that_is_away_is_told_without_its_password(place: str) -> None:
    with pytest.raises(StoreUnreadable) as caught:
        session.engine(f"postgresql://{place}")

    assert "secret" not in str(caught.value)


def test_a_store_that_went_away_cannot_be_written(postgresql_server: Server) -> None:
    url = postgresql_server.database()
    store = session.engine(url)
    postgresql_server.run(f"DROP DATABASE {sa.make_url(url).database}")

    with pytest.raises(StoreUnwritable), session.unit_of_work(store) as work:
        personnel.save(work, frames(units=units("A")))


def test_a_connection_that_the_server_dropped_is_made_anew(postgresql_server: Server) -> None:
    url = postgresql_server.database()
    store = session.engine(url, pooled=True)
    with session.unit_of_work(store) as work:
        personnel.save(work, frames(units=units("A")))
    postgresql_server.hang_up()

    with session.reading(store) as reader:
        assert personnel.ids(reader)["units"] == {"A"}
    store.dispose()


def test_a_file_that_is_no_store_is_told(tmp_path: Path) -> None:
    place = tmp_path / "mutasi.db"
    place.write_text("a letter, not a database\n" * 100)

    with pytest.raises(StoreUnreadable) as caught:
        session.engine(f"sqlite:///{place}")

    assert caught.value.params["store"] == f"sqlite:///{place}"
    assert place.read_text().startswith("a letter")


def test_a_store_of_a_later_version_is_told(store: sa.Engine, url: str) -> None:
    with store.execution_options(writes=session.QUEUE).begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(StoreUnreadable):
        session.engine(url)


def test_damage_in_the_middle_of_a_table_is_told(tmp_path: Path) -> None:
    place = tmp_path / "mutasi.db"
    store = session.engine(f"sqlite:///{place}")
    with session.unit_of_work(store) as work:
        personnel.save(work, frames(units=units(*(f"{number:09d}" for number in range(5000)))))
    pages = place.stat().st_size // PAGE
    with place.open("r+b") as file:
        file.seek(pages * 4 // 5 * PAGE)
        file.write(b"\xff" * PAGE)

    with pytest.raises(StoreUnreadable), session.reading(store) as work:
        personnel.rows(work, "units")


def test_on_postgresql_a_text_that_it_cannot_hold_is_not_taken_for_a_store_that_is_away(
    postgresql_server: Server,
) -> None:
    store = session.engine(postgresql_server.database())

    with pytest.raises(ValueUnusable), session.unit_of_work(store) as work:
        personnel.save(work, frames(units=units("A\0")))
    with pytest.raises(ValueUnusable), session.reading(store) as work:
        personnel.recorded(work, "units", "unit_id", ["A\0"])
