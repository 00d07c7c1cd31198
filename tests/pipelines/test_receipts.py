"""`mutasi receipt verify`: what was recommended comes out the same, or it is told what differs."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from models.receipt import WhoFor, content_of, grounds_of
from mutasi.fingerprint import fingerprints
from mutasi.settings import Settings
from mutasi.simulation import SimulationConfig, simulate
from mutasi.snapshot import Snapshot
from mutasi.store import guards, personnel, receipts, session, trail
from mutasi.store.trail import Break, Fault
from pipelines.recommend import opened
from tests import artifacts
from tests.conftest import StoreOf
from tests.pipelines.conftest import Run

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture(scope="module")
def settled(either_database: StoreOf, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home with records and a signed model."""
    settings = Settings(home=tmp_path_factory.mktemp("home"))
    assert settings.database_url == either_database(settings.home)
    region = simulate(SimulationConfig(employees=200, years=3, seed=3))
    store = session.engine(settings.database_url)
    with session.unit_of_work(store) as work:
        personnel.save(work, region.frames)
    store.dispose()
    version = artifacts.store(settings.models)
    artifacts.serve(settings, version, artifacts.heads())
    return settings


@pytest.fixture(scope="module")
def asked(settled: Settings) -> tuple[str, str]:
    """A vacancy and somebody who is eligible for it."""
    ready = opened(settled).recommender
    return next(
        (vacancy.position_id, ranking.recommended[0].employee_id)
        for vacancy in ready.vacancies()
        if (ranking := ready.candidates(vacancy.position_id)).recommended
    )


def given(run: Run, settings: Settings, *words: str) -> str:
    code, out, err = run("--home", str(settings.home), *words, "--json")
    assert code == 0, err
    return str(json.loads(out)["receipt_id"])


def verified(run: Run, settings: Settings, receipt_id: str) -> tuple[int, dict[str, Any]]:
    code, out, _ = run("--home", str(settings.home), "receipt", "verify", receipt_id, "--json")
    return code, json.loads(out)


def altered(settings: Settings, *statements: str) -> None:
    """Change the store as the owner of its database can."""
    store = session.engine(settings.database_url)
    with session.unit_of_work(store) as work:
        for statement in statements:
            work.exec_driver_sql(statement)
    store.dispose()


def test_m6_what_was_recommended_is_computed_again_and_identical(
    run: Run, settled: Settings, asked: tuple[str, str]
) -> None:
    vacancy, nip = asked
    questions = (
        ("recommend", "--vacancy", vacancy),
        ("recommend", "--employee", nip, "--own-request", "--limit", "3"),
        ("examine", "--employee", nip, "--position", vacancy),
    )

    for question in questions:
        receipt_id = given(run, settled, *question)
        code, told = verified(run, settled, receipt_id)
        with session.reading(session.engine(settled.database_url)) as work:
            *_, last = trail.entries(work)
        assert (last["action"], last["kind"], last["object"]) == ("read", "receipt", receipt_id)
        assert (code, told["is_identical"], told["differences"]) == (0, True, [])
        assert told["asker"].startswith("user:")
        assert told["content"]["grounds"]["model"]["alias"] == "champion"
        assert told["content"]["grounds"]["model"]["version"] == (
            opened(settled).recommender.artifact.manifest.version  # type: ignore[union-attr]  # it has one
        )


@pytest.mark.parametrize(
    ("language", "words"), [("id", "sama persis"), ("en", "computed again it is identical")]
)
def test_the_verdict_is_told_in_words_and_the_answer_names_its_receipt(
    run: Run, settled: Settings, asked: tuple[str, str], language: str, words: str
) -> None:
    home = str(settled.home)
    out = run("--home", home, "recommend", "--vacancy", asked[0], "--lang", language)[1]
    receipt_id = out.split("mutasi receipt verify ")[1][:24]

    code, out, _ = run("--home", home, "receipt", "verify", receipt_id, "--lang", language)

    assert code == 0
    assert words in out


def test_m6_who_was_told_of_two_people_is_on_the_trail(
    run: Run, settled: Settings, asked: tuple[str, str]
) -> None:
    vacancy, nip = asked
    other = next(
        one for one in opened(settled).recommender.snapshot.employees["employee_id"] if one != nip
    )
    store = session.engine(settled.database_url)
    with session.reading(store) as work:
        before = trail.head(work).number

    code, *_ = run(
        *("--home", str(settled.home), "contrast", "--position", vacancy),
        *("--employee", nip, "--employee", other, "--json"),
    )

    with session.reading(store) as work:
        entries = list(trail.entries(work, before))
    store.dispose()
    assert code == 0
    assert [(one["action"], one["kind"], one["object"]) for one in entries] == [
        ("read", "employee", nip),
        ("read", "employee", other),
    ]


def test_records_that_became_known_later_change_nothing(
    run: Run, settled: Settings, asked: tuple[str, str]
) -> None:
    receipt_id = given(run, settled, "recommend", "--vacancy", asked[0])
    store = session.engine(settled.database_url)
    with session.reading(store) as work:
        known = personnel.snapshot(work)
    with session.unit_of_work(store) as work:
        later = personnel.rows(work, "appraisals").tail(50).assign(known_on="2099-01-01")
        personnel.save(work, {"appraisals": later.assign(year=later["year"] + 50)})
    try:
        assert verified(run, settled, receipt_id)[0] == 0
        assert isinstance(known, Snapshot)
    finally:
        altered(settled, "DELETE FROM appraisals WHERE known_on >= '2099-01-01'")
        store.dispose()


def test_a_record_that_was_corrected_since_is_named_by_its_table(
    run: Run, settled: Settings, asked: tuple[str, str]
) -> None:
    receipt_id = given(run, settled, "recommend", "--vacancy", asked[0])
    altered(settled, "UPDATE trainings SET hours = hours + 100")
    try:
        code, told = verified(run, settled, receipt_id)
        out = run("--home", str(settled.home), "receipt", "verify", receipt_id)[1]
    finally:
        altered(settled, "UPDATE trainings SET hours = hours - 100")

    places = [one["place"] for one in told["differences"]]
    assert (code, told["fault"], told["is_identical"]) == (6, None, False)
    assert places[0] == "records.trainings"
    assert any(place.startswith("answer.recommended") for place in places)
    assert "records.trainings" in out
    assert verified(run, settled, receipt_id)[0] == 0, "and identical again once it is undone"


def test_who_became_known_before_is_named_by_the_table_of_people_alone(
    run: Run, settled: Settings, asked: tuple[str, str]
) -> None:
    receipt_id = given(run, settled, "recommend", "--vacancy", asked[0])
    store = session.engine(settled.database_url)
    with session.unit_of_work(store) as work:
        somebody = personnel.rows(work, "employees").head(1).assign(employee_id="0")
        personnel.save(work, {"employees": somebody})
    try:
        told = verified(run, settled, receipt_id)[1]
    finally:
        altered(settled, "DELETE FROM employees WHERE employee_id = '0'")
        store.dispose()

    places = {one["place"] for one in told["differences"]}
    assert {place for place in places if place.startswith("records.")} == {"records.employees"}


def test_a_receipt_of_an_earlier_version_is_computed_again_as_it_was_then(
    run: Run, settled: Settings, asked: tuple[str, str]
) -> None:
    region = opened(settled)
    question = WhoFor(asked[0], 3)
    records = fingerprints(region.recommender.snapshot, by_rows=True)
    grounds = grounds_of(region.recommender, records=records)
    content = content_of(question, grounds, question.ask(region.recommender))
    store = session.engine(settled.database_url)
    with session.unit_of_work(store, trail.QUEUE) as work:
        receipt_id = receipts.keep(work, "user:x", content.text, content.people, content.marks)
    store.dispose()

    assert verified(run, settled, receipt_id)[0] == 0


def test_a_model_that_is_not_there_any_more_is_named(
    run: Run, settled: Settings, asked: tuple[str, str], tmp_path: Path
) -> None:
    receipt_id = given(run, settled, "recommend", "--vacancy", asked[0])
    kept = shutil.move(settled.models, tmp_path / "models")
    try:
        code, told = verified(run, settled, receipt_id)
    finally:
        shutil.move(kept, settled.models)

    assert (code, [one["place"] for one in told["differences"]]) == (6, ["model"])


def test_a_model_that_was_promoted_since_does_not_matter(
    run: Run, settled: Settings, asked: tuple[str, str]
) -> None:
    receipt_id = given(run, settled, "recommend", "--vacancy", asked[0])
    before = opened(settled).recommender.artifact
    assert before is not None
    artifacts.serve(settled, "another", {"performance": artifacts.head(7.0)})
    try:
        assert opened(settled).recommender.artifact.digest != before.digest  # type: ignore[union-attr]  # it has one
        assert verified(run, settled, receipt_id)[0] == 0
    finally:
        artifacts.serve(settled, before.manifest.version, artifacts.heads())


def test_a_receipt_that_was_never_given_is_told_in_a_sentence(run: Run, settled: Settings) -> None:
    code, _, err = run("--home", str(settled.home), "receipt", "verify", "0" * 24, "--lang", "en")

    assert (code, "There is no receipt" in err) == (2, True)


LISTS = {
    "somebody who is not in it": (
        "INSERT INTO receipt_people SELECT 'nobody', max(number) FROM receipts",
        "DELETE FROM receipt_people WHERE employee_id = 'nobody'",
    ),
    "another in somebody's place": (
        "UPDATE receipt_people SET employee_id = employee_id || '!'",
        "UPDATE receipt_people SET employee_id = replace(employee_id, '!', '')",
    ),
    "a post that is not in it": (
        "INSERT INTO receipt_marks SELECT 'position:X', max(number) FROM receipts",
        "DELETE FROM receipt_marks WHERE mark = 'position:X'",
    ),
}


@pytest.mark.parametrize(("statement", "undo"), LISTS.values(), ids=LISTS)
def test_a_receipt_that_is_found_by_others_than_it_tells_of_is_named(
    run: Run, settled: Settings, asked: tuple[str, str], statement: str, undo: str
) -> None:
    receipt_id = given(run, settled, "recommend", "--vacancy", asked[0])
    home, table = str(settled.home), statement.split()[2 if "INSERT" in statement else 1]
    kind = sa.make_url(settled.database_url).get_backend_name()
    triggers = [one for one in guards.made(kind) if one.table == table]
    on = f" ON {table}" if kind == "postgresql" else ""
    lifted = [f"DROP TRIGGER {one.name}{on}" for one in triggers]
    altered(settled, *lifted, statement)

    code, told, _ = run("--home", home, "audit", "verify", "--json")
    said = run("--home", home, "audit", "verify", "--lang", "id")[1]
    altered(settled, undo, *(one.text for one in triggers))

    assert (code, json.loads(told)["receipts"][-1]) == (5, [receipt_id, "astray"])
    assert f"Bukti rekomendasi {receipt_id} ditemukan menurut orang" in said
    assert run("--home", home, "audit", "verify")[0] == 0


def test_a_receipt_that_was_changed_ends_with_5_for_itself_and_for_the_audit(
    run: Run, settled: Settings, asked: tuple[str, str]
) -> None:
    receipt_id = given(run, settled, "recommend", "--vacancy", asked[0])
    home = str(settled.home)
    assert run("--home", home, "audit", "verify")[0] == 0
    store = session.engine(settled.database_url)
    on = " ON receipts" if store.dialect.name == "postgresql" else ""
    altered(
        settled,
        f"DROP TRIGGER receipts_unchanged{on}",
        "UPDATE receipts SET content = replace(content, '\"rank\":1', '\"rank\":9')"
        " WHERE number = (SELECT max(number) FROM receipts)",
    )

    code, out, _ = run("--home", home, "receipt", "verify", receipt_id, "--lang", "en")
    audited, told, _ = run("--home", home, "audit", "verify", "--json")
    said = run("--home", home, "audit", "verify", "--lang", "id")[1]

    assert (code, "was changed" in out) == (5, True)
    assert (audited, json.loads(told)["receipts"]) == (5, [[receipt_id, "changed"]])
    assert f"Bukti rekomendasi {receipt_id} diubah" in said
    with session.reading(store) as work:
        assert trail.faults(work) == [Fault(Break.UNGUARDED, 0, 0, "receipts_unchanged")]
    store.dispose()
