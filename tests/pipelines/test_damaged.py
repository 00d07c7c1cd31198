"""One damaged value is named by its place, whatever it is, and hides no other."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mutasi.settings import Settings
from mutasi.store import cases, guards, personnel, receipts, session, trail
from mutasi.store.cases import Done, Kind, Subject
from mutasi.workflow.proposals import Act, State
from tests.conftest import StoreOf
from tests.mutasi.store import invented
from tests.mutasi.store.test_cases import DAY
from tests.pipelines.conftest import Run

pytestmark = pytest.mark.usefixtures("either_database")


@dataclass(frozen=True)
class Told:
    """A home whose trail tells of a proposal with two acts and of two receipts."""

    home: Path
    case_id: str
    receipt_ids: tuple[str, str]

    @property
    def store(self) -> session.Engine:
        return session.engine(Settings(home=self.home).database_url)

    @property
    def is_sqlite(self) -> bool:
        return self.store.dialect.name == "sqlite"

    def change(self, *changes: tuple[str, str, str]) -> None:
        """Change rows: which table, what in it, and where."""
        self.damage(
            *(
                f"UPDATE {table} SET {what} WHERE {where}"  # noqa: S608  (the tests' own words)
                for table, what, where in changes
            )
        )

    def damage(self, *statements: str) -> None:
        """Change the store as the owner of a database can, and put its triggers back."""
        made = self.store
        sealed = {table.name for table in guards.SEALED}
        with session.unit_of_work(made) as work:
            run = work.exec_driver_sql
            if made.dialect.name == "sqlite":
                asked = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
                there = [one for one in run(asked).all() if one[1] in sealed]
                lift = [f"DROP TRIGGER {name}" for name, _, _ in there]
                back = [text for _, _, text in there]
            else:
                lift, back = (
                    [f"ALTER TABLE {table} {how} TRIGGER USER" for table in sealed]
                    for how in ("DISABLE", "ENABLE")
                )
            for statement in (*lift, *statements, *back):
                run(statement)
        made.dispose()


@pytest.fixture
def only_of() -> str | None:
    """The kind of database that keeps such a value; None if both do."""
    return None


@pytest.fixture
def told(tmp_path: Path, only_of: str | None, store_of: StoreOf) -> Told:
    home = tmp_path / "home"
    if only_of and not store_of(home).startswith(only_of):
        pytest.skip("the other database keeps no such value")
    made = session.engine(Settings(home=home).database_url)
    records = invented.region(np.random.default_rng(7), rows=5)
    posts = records["positions"].iloc[:2]
    (here, unit), (there, unit_there) = posts[["position_id", "unit_id"]].to_numpy()
    subject = Subject(records["employees"]["employee_id"].iloc[0], there, unit_there, here, unit)
    with session.unit_of_work(made) as work:
        personnel.save(work, records)
    with session.unit_of_work(made, cases.QUEUE) as work:
        first = Done(Act.PROPOSE, State.PROPOSED, True, "account:1", DAY, {})
        case = cases.begin(work, Kind.PROPOSAL, subject, {"until": None}, "a", first)
        then = Done(Act.APPROVE_GIVING, State.RELEASED, True, "account:1", DAY, {})
        cases.add(work, Kind.PROPOSAL, case, then)
    with session.unit_of_work(made, trail.QUEUE) as work:
        given = [receipts.keep(work, "client:hr", "{}", []) for _ in range(2)]
    made.dispose()
    return Told(home, case.case_id, (given[0], given[1]))


def verified(run: Run, told: Told) -> tuple[int, dict[str, Any]]:
    code, out, err = run("--home", str(told.home), "audit", "verify", "--json")
    assert err == ""
    in_words, said, _ = run("--home", str(told.home), "audit", "verify", "--lang", "en")
    assert (in_words, "NOT as it was written" in said) == (code, code == 5)
    found = json.loads(out)
    return code, {name: found[name] for name in ("faults", "receipts", "cases") if found[name]}


def test_what_is_not_damaged_is_whole(told: Told, run: Run) -> None:
    assert verified(run, told) == (0, {})


DEEP = "[" * 100_000 + "]" * 100_000
ACTS = {
    "a moment that is a text": ("at = '2026-11-01 10:00'", "sqlite"),
    "a moment with a fraction": ("at = at + 0.5", "sqlite"),
    "a moment beyond all years": ("at = 99999999999999", None),
    "facts that are no JSON": ("facts = '{not json'", "sqlite"),
    "facts that are a number": ("facts = '5'", None),
    "facts without an end": (f"facts = '{DEEP}'", "sqlite"),
    "facts of half a letter": ('facts = \'{"reason": "\\ud800"}\'', None),
    "a day that is none": ("dated_on = 'xx'", "sqlite"),
    "a day in bytes": ("dated_on = CAST(dated_on AS BLOB)", "sqlite"),
    "a day without end": ("dated_on = 'infinity'", "postgresql"),
    "a day before all calendars": ("dated_on = '0044-03-15 BC'", "postgresql"),
    "an actor in bytes": ("actor = CAST(actor AS BLOB)", "sqlite"),
    "an actor that is no text": ("actor = CAST(x'fffe01' AS TEXT)", "sqlite"),
}


@pytest.mark.parametrize(("change", "only_of"), ACTS.values(), ids=ACTS)
def test_an_act_with_a_damaged_value_is_named(told: Told, run: Run, change: str) -> None:
    told.change(("case_events", change, "version = 1"))

    assert verified(run, told) == (5, {"cases": [[f"{told.case_id}/1", "changed"]]})


@pytest.mark.parametrize(
    ("content", "only_of"), [("{not json", "sqlite"), ("5", None), ("null", None)]
)
def test_the_first_act_is_named_where_what_was_known_cannot_be_read(
    told: Told, run: Run, content: str
) -> None:
    told.change(("cases", f"content = '{content}'", "true"))

    assert verified(run, told) == (5, {"cases": [[f"{told.case_id}/1", "changed"]]})


NO_TEXTS = [(one, "sqlite") for one in ("x'ff'", "x'41'", "CAST(x'fffe01' AS TEXT)")]
NOT_SEALED = [*NO_TEXTS, ("'…'", None)]


@pytest.mark.parametrize(("value", "only_of"), NOT_SEALED)
@pytest.mark.parametrize("column", ["content", "asker"])
def test_a_damaged_receipt_is_named_and_the_others_go_on_being_verified(
    told: Told, run: Run, column: str, value: str
) -> None:
    first, second = told.receipt_ids

    told.change(
        ("receipts", f"{column} = {value}", f"receipt_id = '{first}'"),
        ("receipts", "asker = 'another'", f"receipt_id = '{second}'"),
    )

    unlike = [[first, "changed"], [second, "changed"]]
    assert verified(run, told) == (5, {"receipts": unlike})
    for words in (["--json"], ["--lang", "en"]):
        code, out, err = run("--home", str(told.home), "receipt", "verify", first, *words)
        assert (code, "changed" in out, err) == (5, True, "")


@pytest.mark.parametrize("only_of", ["sqlite"])
def test_a_receipt_whose_id_is_no_text_is_named_by_its_bytes(told: Told, run: Run) -> None:
    first, second = told.receipt_ids

    told.change(
        ("receipts", "receipt_id = x'ff'", f"receipt_id = '{first}'"),
        ("receipts", "receipt_id = CAST(x'ff' AS TEXT)", f"receipt_id = '{second}'"),
    )

    code, found = verified(run, told)
    assert (code, sorted(found["receipts"])) == (
        5,
        sorted(
            [["b'\\xff'", "unsealed"], ["\\udcff", "unsealed"], [first, "gone"], [second, "gone"]]
        ),
    )


@pytest.mark.parametrize("column", ["actor", "hash"])
@pytest.mark.parametrize(("value", "only_of"), NOT_SEALED)
def test_a_damaged_entry_of_the_trail_is_named(
    told: Told, run: Run, column: str, value: str
) -> None:
    told.change(("trail", f"{column} = {value}", "number = 2"))

    code, found = verified(run, told)
    assert (code, {"kind": "changed", "first": 2, "last": 2, "place": ""} in found["faults"]) == (
        5,
        True,
    )


@pytest.mark.parametrize("only_of", ["sqlite"])
@pytest.mark.parametrize("number", [2, 4], ids=["amid", "the last"])
def test_an_entry_whose_number_is_none_is_named(told: Told, run: Run, number: int) -> None:
    told.change(("trail", "number = 'x'", f"number = {number}"))

    code, found = verified(run, told)
    assert (code, number in {one["first"] for one in found["faults"]}) == (5, True)


def test_the_trail_goes_on_after_an_entry_whose_moment_is_none(told: Told, run: Run) -> None:
    value = "'2026-11-01'" if told.is_sqlite else "9223372036854775807"

    told.change(("trail", f"at = {value}", "number IN (1, 3)"))

    code, found = verified(run, told)
    assert (code, [one["first"] for one in found["faults"]]) == (5, [1, 3])
