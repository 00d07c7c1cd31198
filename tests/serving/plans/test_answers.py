"""What has become of plans: how far they are, their proof, what is handed on."""

import json
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from mutasi.certificate import check, check_file
from mutasi.i18n import LANGUAGES, render
from mutasi.settings import Settings
from mutasi.store import jobs, session, trail
from mutasi.store.tables import JOB_FILES, TRAIL
from pipelines.planning.checking import checked
from pipelines.planning.schema import PlanReport
from pipelines.working import worker
from serving.plans.endpoints import PLAN_JOB, PLAN_JOBS
from serving.plans.service import CERTIFICATE, PLAN
from tests.serving.plans.conftest import PLANS, ROUTES, asked, cancel_all, held


def test_a_plan_that_is_done_is_told_whole(asking: TestClient, done: str) -> None:
    answer = asking.get(f"{PLANS}/{done}")
    told = PLAN_JOB.adapter.validate_python(answer.json())

    assert (told.state, told.attempts) == ("done", 1)
    assert told.plan is not None
    assert told.plan.is_proven
    assert told.ended_at is not None
    assert "retry-after" not in answer.headers
    assert told.certificate_url == f"{PLANS}/{done}/certificate"


@pytest.mark.parametrize("route", ["", "/certificate/plan.json", "/export"])
def test_who_looks_at_a_plan_which_names_people_is_on_the_trail(
    asking: TestClient, settings: Settings, done: str, route: str
) -> None:
    with session.reading(session.engine(settings.database_url)) as work:
        before = trail.head(work).number
    assert asking.get(f"{PLANS}/{done}{route}").status_code == 200

    with session.reading(session.engine(settings.database_url)) as work:
        (entry,) = trail.entries(work, before)
    assert (entry["action"], entry["kind"], entry["object"]) == ("read", "plan", done)


def test_what_is_told_of_a_plan_is_what_its_report_says(asking: TestClient, done: str) -> None:
    exported = asking.get(f"{PLANS}/{done}/export", params={"format": "json"})
    report = PlanReport.model_validate(exported.json()).model_dump(mode="json")
    told = asking.get(f"{PLANS}/{done}").json()["plan"]

    assert set(told) <= set(report)
    assert told == {name: report[name] for name in told}
    assert PLAN.adapter.validate_python(report).moves


def test_who_knows_the_plan_already_is_told_so(asking: TestClient, done: str) -> None:
    first = asking.get(f"{PLANS}/{done}")
    known = {"If-None-Match": f'"another", {first.headers["etag"]}'}
    again = asking.get(f"{PLANS}/{done}", headers=known)

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert asking.get(f"{PLANS}/{done}", headers={**known, "Accept-Language": "en"}).is_success


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("id", "Mencari rencana yang lebih baik: sejauh ini 90,0 poin T, paling tinggi 100,0"),
        ("en", "Searching for a better plan: so far 90.0 T points, at most 100.0"),
    ],
)
def test_a_plan_that_is_being_made_tells_how_far_it_is(
    asking: TestClient, settings: Settings, waiting: str, language: str, sentence: str
) -> None:
    claim = held(settings)
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        jobs.beat(work, claim, {"stage": "search", "value": 90.0, "bound": 100.0, "gap": 0.1})

    answer = asking.get(f"{PLANS}/{waiting}", params={"lang": language})

    told = PLAN_JOB.adapter.validate_python(answer.json())
    assert told.state == "running"
    assert told.progress is not None
    assert (told.progress.value, told.progress.bound, told.progress.gap) == (90.0, 100.0, 0.1)
    assert told.progress.sentence.startswith(sentence)
    assert answer.headers["retry-after"] == "2"


def test_a_plan_that_is_being_made_can_be_cancelled(
    asking: TestClient, settings: Settings, waiting: str
) -> None:
    claim = held(settings)

    answers = [asking.post(f"{PLANS}/{waiting}/cancel") for _ in range(2)]

    assert [answer.status_code for answer in answers] == [200, 200]
    assert {answer.json()["state"] for answer in answers} == {"cancelled"}
    with session.unit_of_work(session.engine(settings.database_url)) as work:
        assert not jobs.finish(work, claim, {"plan.json": b"{}"})
    assert asking.get(f"{PLANS}/{waiting}").json()["state"] == "cancelled"


def test_a_plan_that_is_done_cannot_be_cancelled(asking: TestClient, done: str) -> None:
    answer = asking.post(f"{PLANS}/{done}/cancel")

    assert answer.status_code == 409
    assert answer.json()["type"] == "/errors/job_over"
    assert "selesai" in answer.json()["detail"]


def test_a_plan_that_is_over_is_deleted_with_its_files_and_that_is_on_the_trail(
    asking: TestClient, settings: Settings
) -> None:
    key = {"Idempotency-Key": "to-be-deleted"}
    cancel_all(asking)
    plan_id = asked(asking, {}, **key)
    claim = held(settings)
    store = session.engine(settings.database_url)
    with session.unit_of_work(store) as work:
        jobs.finish(work, claim, {"plan.json": b"{}"})

    answer = asking.delete(f"{PLANS}/{plan_id}")

    assert (answer.status_code, answer.content) == (204, b"")
    assert asking.get(f"{PLANS}/{plan_id}").status_code == 404
    assert asking.delete(f"{PLANS}/{plan_id}").status_code == 404
    with session.reading(store) as work:
        assert not work.execute(
            sa.select(JOB_FILES).where(JOB_FILES.c.number == claim.number)
        ).all()
        about = work.execute(sa.select(TRAIL).where(TRAIL.c.object == plan_id)).all()
    assert [each.action for each in about].count("delete") == 1
    assert {each.kind for each in about} == {"plan"}
    assert asked(asking, {"seconds": 9}, **key) != plan_id


@pytest.mark.parametrize("state", ["queued", "running"])
def test_a_plan_that_is_going_on_is_not_deleted(
    asking: TestClient, settings: Settings, waiting: str, state: str
) -> None:
    if state == "running":
        held(settings)

    answer = asking.delete(f"{PLANS}/{waiting}")

    assert answer.status_code == 409
    assert answer.json()["type"] == "/errors/job_going_on"
    assert asking.get(f"{PLANS}/{waiting}").json()["state"] == state
    asking.post(f"{PLANS}/{waiting}/cancel")


@pytest.mark.parametrize(("method", "route"), ROUTES[2:])
def test_a_plan_that_nobody_asked_for_is_not_found(
    asking: TestClient, method: str, route: str
) -> None:
    answer = asking.request(method, route)

    assert answer.status_code == 404
    assert answer.json()["type"] == "/errors/job_not_found"


@pytest.mark.parametrize("part", ["certificate", "certificate/plan.json", "export"])
def test_a_plan_that_is_not_done_has_nothing_to_hand_out(
    asking: TestClient, waiting: str, part: str
) -> None:
    answer = asking.get(f"{PLANS}/{waiting}/{part}")

    assert answer.status_code == 409
    assert answer.json()["type"] == "/errors/job_unfinished"


def test_the_certificate_leads_to_a_file_that_the_checker_passes(
    asking: TestClient, done: str, tmp_path: Path
) -> None:
    proof = CERTIFICATE.adapter.validate_python(asking.get(f"{PLANS}/{done}/certificate").json())
    (told,) = proof.plans
    path = tmp_path / "plan.json"
    path.write_bytes(asking.get(told.file_url).content)

    verdict = check_file(path)

    assert checked(path) == verdict
    assert (told.value, told.bound, told.is_proven) == (
        verdict.value,
        verdict.bound,
        verdict.is_proven,
    )
    assert not told.breaches
    assert not verdict.breaches
    assert told.digest == json.loads(path.read_text(encoding="utf-8"))["digest"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_page_and_workbook_are_handed_on_in_the_caller_s_language(
    asking: TestClient, done: str, moves: list[dict[str, Any]], language: str
) -> None:
    page, book = (
        asking.get(f"{PLANS}/{done}/export", params={"format": wanted, "lang": language})
        for wanted in ("html", "xlsx")
    )

    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert f'<html lang="{language}"' in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    with ZipFile(BytesIO(book.content)) as file:
        assert moves[0]["person"] in file.read("xl/worksheets/sheet1.xml").decode()
        assert render("plan.sheet.moves", language) in file.read("xl/workbook.xml").decode()
    assert book.headers["content-disposition"].endswith(f'.{language}.xlsx"')


@pytest.mark.parametrize("wanted", ["letters", "proposal"])
def test_what_letters_and_proposals_need_is_handed_on_as_data(
    asking: TestClient, done: str, moves: list[dict[str, Any]], wanted: str
) -> None:
    answer = asking.get(f"{PLANS}/{done}/export", params={"format": wanted})
    rows = answer.json()["letters"] if wanted == "letters" else answer.json()

    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["content-disposition"].endswith(f'.{wanted}.json"')
    key = "person" if wanted == "letters" else "nip"
    assert [row[key] for row in rows] == [move["person"] for move in moves]


def test_another_format_is_refused(asking: TestClient, done: str) -> None:
    answer = asking.get(f"{PLANS}/{done}/export", params={"format": "docx"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "query.format"


def test_plans_are_listed_page_by_page_the_latest_first(asking: TestClient) -> None:
    ids = [asked(asking, {}) for _ in range(3)]
    first = asking.get(PLANS, params={"limit": 2})
    page = PLAN_JOBS.adapter.validate_python(first.json())
    rest = asking.get(first.links["next"]["url"]).json()

    assert [job.plan_id for job in page.plans] == ids[:0:-1]
    assert page.next_cursor == ids[1]
    assert rest["plans"][0]["plan_id"] == ids[0]
    everything = asking.get(PLANS, params={"limit": 200})
    assert everything.json()["next_cursor"] is None
    assert "next" not in everything.links
    assert all(job["plan"] is None for job in everything.json()["plans"])


@pytest.mark.parametrize(
    ("query", "kind"),
    [({"limit": 0}, "limit_out_of_range"), ({"cursor": "nothing"}, "cursor_invalid")],
)
def test_a_page_that_there_is_not_is_refused(
    asking: TestClient, query: dict[str, Any], kind: str
) -> None:
    answer = asking.get(PLANS, params=query)

    assert answer.status_code == 422
    assert answer.json()["type"] == f"/errors/{kind}"


def test_a_file_that_was_not_made_is_not_found(asking: TestClient, done: str) -> None:
    other = asking.get(f"{PLANS}/{done}/certificate/plan.lasting.json")
    no_plan = asking.get(f"{PLANS}/{done}/certificate/report.json")

    assert (other.status_code, other.json()["type"]) == (404, "/errors/job_file_not_found")
    assert (no_plan.status_code, no_plan.json()["type"]) == (422, "/errors/request_invalid")


def test_a_plan_by_several_outcomes_is_proven_for_each_and_valued(
    asking: TestClient, settings: Settings
) -> None:
    body = {"outcome": [{"name": "usual"}, {"name": "good", "measure": "good"}]}
    cancel_all(asking)
    plan_id = asking.post(PLANS, json=body).json()["plan_id"]
    worker.work(settings, drain=True)
    told = PLAN_JOB.adapter.validate_python(asking.get(f"{PLANS}/{plan_id}").json()).plan
    proof = CERTIFICATE.adapter.validate_python(asking.get(f"{PLANS}/{plan_id}/certificate").json())

    assert told is not None
    assert told.outcomes is not None
    assert told.worth != "not_asked"
    assert [each.file_name for each in proof.plans] == ["plan.json", "plan.good.json"]
    for each in proof.plans:
        assert check(asking.get(each.file_url).json()).value == each.value
        assert not each.breaches
