"""Routes of vacancies and rankings: the anonymous caller first, then the good case."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from models import aliases, artifact
from models.aliases import Alias
from models.artifact import Head
from models.recommender import MOST
from models.weighting import learn_choices
from pipelines.recommend import opened
from serving.app import create_app
from serving.recommendations.endpoints import EXAMINATION, RANKING, VACANCIES
from tests.artifacts import KEY
from tests.models.conftest import lessons
from tests.serving.conftest import KNOWN, settings_of

RANKINGS = ("/v1/vacancies/{vacancy}/candidates", "/v1/employees/{nip}/positions")
LISTS = ("/v1/vacancies", *RANKINGS)
ROUTES = (*LISTS, "/v1/employees/{nip}/positions/{vacancy}")


@pytest.mark.parametrize("route", ROUTES)
def test_an_anonymous_caller_is_refused(
    served: TestClient, route: str, vacancy: str, nip: str
) -> None:
    answer = served.get(route.format(vacancy=vacancy, nip=nip))

    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="mutasi"'
    assert answer.json()["type"] == "/errors/token_missing"


@pytest.mark.parametrize("route", ROUTES)
@pytest.mark.parametrize(
    "shown", ["Bearer another", "Bearer", "Bearer an invented toke", "Basic YTpi", "Bearer tökén"]
)
def test_a_caller_with_a_wrong_token_is_refused(
    served: TestClient, route: str, shown: str, vacancy: str, nip: str
) -> None:
    answer = served.get(
        route.format(vacancy=vacancy, nip=nip), headers={b"Authorization": shown.encode()}
    )

    assert answer.status_code == 401
    assert answer.json()["type"] in ("/errors/token_invalid", "/errors/token_missing")


def test_vacancies_are_those_that_miss_people_most_first(known: TestClient) -> None:
    page = known.get("/v1/vacancies").json()

    VACANCIES.adapter.validate_python(page)
    missing = [vacancy["open"] for vacancy in page["vacancies"]]
    assert missing == sorted(missing, reverse=True)
    assert all(vacancy["open"] > 0 for vacancy in page["vacancies"])


def pages(known: TestClient, address: str) -> Iterator[list[str]]:
    """Yield the ids of each page, following the links."""
    while address:
        answer = known.get(address)
        yield [vacancy["position_id"] for vacancy in answer.json()["vacancies"]]
        address = answer.links["next"]["url"] if "next" in answer.links else ""


def test_links_lead_through_all_vacancies_once(known: TestClient) -> None:
    total = known.get("/v1/vacancies").json()["total"]
    seen = [shown for page in pages(known, "/v1/vacancies?limit=7&lang=en") for shown in page]

    assert len(seen) == len(set(seen)) == total


def test_a_function_and_a_unit_narrow_the_vacancies(known: TestClient) -> None:
    first = known.get("/v1/vacancies").json()["vacancies"][0]
    by_function = known.get("/v1/vacancies", params={"function": first["function"]}).json()
    by_unit = known.get("/v1/vacancies", params={"unit": first["unit_id"]}).json()

    assert {shown["function"] for shown in by_function["vacancies"]} == {first["function"]}
    assert {shown["unit_id"] for shown in by_unit["vacancies"]} == {first["unit_id"]}


def test_a_filter_that_fits_nothing_gives_an_empty_page(known: TestClient) -> None:
    shown = known.get("/v1/vacancies", params={"limit": 200}).json()["vacancies"]
    unit = shown[0]["unit_id"]
    served = {one["function"] for one in shown if one["unit_id"] == unit}
    other = next(one["function"] for one in shown if one["function"] not in served)

    answer = known.get("/v1/vacancies", params={"unit": unit, "function": other})

    assert answer.status_code == 200
    assert (answer.json()["total"], answer.json()["vacancies"]) == (0, [])
    assert "link" not in answer.headers


@pytest.mark.parametrize("cursor", ["zzz", "WzFd", "bnVsbA", "ÿ", "W10", "WyJ4IiwgMV0"])
def test_a_cursor_that_was_never_given_is_refused(known: TestClient, cursor: str) -> None:
    answer = known.get("/v1/vacancies", params={"cursor": cursor})

    assert answer.status_code == 422
    assert answer.json()["type"] == "/errors/cursor_invalid"


@pytest.mark.parametrize("route", RANKINGS)
def test_a_ranking_has_ranks_bands_reasons_and_findings(
    known: TestClient, route: str, vacancy: str, nip: str
) -> None:
    answer = known.get(route.format(vacancy=vacancy, nip=nip))
    ranking = RANKING.adapter.validate_python(answer.json())

    assert ranking.basis == "model"
    assert ranking.model_version == known.get("/v1/models/current").json()["version"]
    assert [shown.rank for shown in ranking.recommended] == list(
        range(1, len(ranking.recommended) + 1)
    )
    assert ranking.recommended[0].reasons
    assert all(shown.has_evidence for shown in ranking.recommended)
    assert all(shown.performance and shown.acceptance for shown in ranking.recommended)
    assert all(shown.findings for shown in ranking.excluded)
    assert len(ranking.recommended) == min(10, ranking.eligible)


@pytest.mark.parametrize("route", RANKINGS)
def test_a_gain_against_staying_is_told_with_its_interval(
    known: TestClient, route: str, vacancy: str, nip: str
) -> None:
    ranking = RANKING.adapter.validate_python(
        known.get(route.format(vacancy=vacancy, nip=nip)).json()
    )
    gains = [shown.gain for shown in ranking.recommended if shown.employee.present_title]

    assert gains
    for gain in gains:
        assert gain is not None
        assert gain.low < gain.expected < gain.high


@pytest.mark.parametrize("route", RANKINGS)
def test_without_evidence_nothing_is_predicted(
    route: str, vacancy: str, nip: str, own_home: Path
) -> None:
    proposal = learn_choices(lessons()).proposal
    assert proposal is not None
    silent = Head(proposal.learner, proposal.facts.model_copy(update={"least": 1e9}))
    models = settings_of(own_home).models
    heads = artifact.load(models / "first", KEY.public).heads | {"proposal": silent}
    artifact.save(models / "silent", heads, "2025-06-30", "R", "hash", (), {}, KEY)
    aliases.change(models, {Alias.CHAMPION: "silent"})

    with TestClient(create_app(settings_of(own_home)), headers=KNOWN) as client:
        answer = client.get(route.format(vacancy=vacancy, nip=nip)).json()

    assert RANKING.adapter.validate_python(answer).basis == "model"
    for shown in answer["recommended"]:
        assert shown["has_evidence"] is False
        assert shown["reasons"] == []
        for name in ("performance", "gain", "acceptance", "utility"):
            assert shown[name] is None


@pytest.mark.parametrize("route", RANKINGS)
def test_a_ranking_tells_how_long_its_stages_took(
    known: TestClient, route: str, vacancy: str, nip: str
) -> None:
    timing = known.get(route.format(vacancy=vacancy, nip=nip)).headers["server-timing"]

    stages = [stage.partition(";")[0] for stage in timing.split(", ")]
    assert stages == ["rules", "features", "scoring", "reasons", "receipt", "words", "total"]


@pytest.mark.parametrize("route", LISTS)
@pytest.mark.parametrize("limit", [0, -1, MOST + 1, 10**9])
def test_a_limit_out_of_range_tells_the_range(
    known: TestClient, route: str, limit: int, vacancy: str, nip: str
) -> None:
    answer = known.get(route.format(vacancy=vacancy, nip=nip), params={"limit": limit})

    assert answer.status_code == 422
    assert answer.json()["type"] == "/errors/limit_out_of_range"
    assert answer.json()["params"] == {"limit": limit, "low": 1, "high": MOST}
    assert "1 sampai 200" in answer.json()["detail"]


@pytest.mark.parametrize("route", LISTS)
@pytest.mark.parametrize("limit", ["ten", "1e9", "1.5", "", "9" * 5000])
def test_a_limit_that_is_no_number_is_refused(
    known: TestClient, route: str, limit: str, vacancy: str, nip: str
) -> None:
    answer = known.get(route.format(vacancy=vacancy, nip=nip), params={"limit": limit})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "query.limit"


@pytest.mark.parametrize("limit", [1, MOST])
def test_the_ends_of_the_range_are_served(known: TestClient, vacancy: str, limit: int) -> None:
    answer = known.get(f"/v1/vacancies/{vacancy}/candidates", params={"limit": limit})

    assert answer.status_code == 200
    assert 1 <= len(answer.json()["recommended"]) <= limit


@pytest.mark.parametrize(
    ("route", "code"),
    [
        ("/v1/vacancies/nothing/candidates", "position_not_found"),
        ("/v1/vacancies/3.01%2F7/candidates", "position_not_found"),
        ("/v1/vacancies/%ED%A0%80%00/candidates", "position_not_found"),
        ("/v1/employees/000000000000000000/positions", "employee_not_found"),
        ("/v1/employees/1.98E+17/positions", "employee_not_found"),
    ],
)
def test_what_does_not_exist_is_not_found(known: TestClient, route: str, code: str) -> None:
    answer = known.get(route)

    assert answer.status_code == 404
    assert answer.json()["type"] == f"/errors/{code}"


@pytest.mark.parametrize(
    ("asked", "headers", "language"),
    [
        pytest.param({}, {}, "id", id="as the settings say"),
        pytest.param({"lang": "en"}, {}, "en", id="by the address"),
        pytest.param({}, {"Accept-Language": "en-GB,en;q=0.9"}, "en", id="by the header"),
        pytest.param({"lang": "id"}, {"Accept-Language": "en"}, "id", id="the address first"),
    ],
)
def test_words_come_in_the_caller_s_language(
    known: TestClient,
    vacancy: str,
    asked: dict[str, str],
    headers: dict[str, str],
    language: str,
) -> None:
    answer = known.get(f"/v1/vacancies/{vacancy}/candidates", params=asked, headers=headers)
    said = {"id": "Diurutkan oleh model", "en": "Ranked by model"}[language]

    assert answer.headers["content-language"] == language
    assert answer.json()["basis_sentence"].startswith(said)


def test_languages_differ_in_words_alone(known: TestClient, vacancy: str) -> None:
    one, other = (
        RANKING.adapter.validate_python(
            known.get(f"/v1/vacancies/{vacancy}/candidates", params={"lang": language}).json()
        )
        for language in ("id", "en")
    )

    assert [(shown.employee.nip, shown.utility) for shown in one.recommended] == [
        (shown.employee.nip, shown.utility) for shown in other.recommended
    ]
    assert one.recommended[0].reasons[0].sentence != other.recommended[0].reasons[0].sentence


def test_an_unknown_language_is_refused(known: TestClient) -> None:
    answer = known.get("/v1/vacancies", params={"lang": "fr"})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == "query.lang"


def test_answers_about_people_are_not_kept_by_caches(known: TestClient, nip: str) -> None:
    assert known.get(f"/v1/employees/{nip}/positions").headers["cache-control"] == "no-store"


def test_http_answers_what_the_batch_answers(
    known: TestClient, own_home: Path, vacancy: str
) -> None:
    batch = opened(settings_of(own_home)).recommender.candidates(vacancy, 20)
    answer = known.get(f"/v1/vacancies/{vacancy}/candidates", params={"limit": 20}).json()

    assert [
        (shown["rank"], shown["band"], shown["employee"]["nip"], shown["utility"])
        for shown in answer["recommended"]
    ] == [
        (shown.rank, shown.band, shown.employee_id, pytest.approx(shown.utility, abs=0.001))
        for shown in batch.recommended
    ]
    assert [count["count"] for count in answer["excluded_by_rule"]] == list(
        batch.excluded_by_rule.values()
    )


def test_m6_the_law_tells_why_not_and_from_when(known: TestClient, vacancy: str) -> None:
    ranking = known.get(f"/v1/vacancies/{vacancy}/candidates", params={"limit": 50}).json()
    blocked = ranking["excluded"][0]
    asked = f"/v1/employees/{blocked['employee']['nip']}/positions/{vacancy}"

    answer = known.get(asked)
    found = answer.json()

    EXAMINATION.adapter.validate_python(found)
    assert answer.status_code == 200
    assert not found["is_eligible"]
    assert found["eligible_on"] == blocked["eligible_on"]
    blocking = [finding for finding in found["findings"] if finding["severity"] == "blocks"]
    assert blocking == blocked["findings"]


def test_whom_nothing_blocks_is_eligible(known: TestClient, vacancy: str, nip: str) -> None:
    found = known.get(f"/v1/employees/{nip}/positions/{vacancy}").json()

    assert found["is_eligible"]
    assert found["eligible_on"] is None
    assert found["kept"]


def test_a_stranger_or_a_position_that_is_none_is_not_found(
    known: TestClient, vacancy: str, nip: str
) -> None:
    assert known.get(f"/v1/employees/0/positions/{vacancy}").json()["type"] == (
        "/errors/employee_not_found"
    )
    assert known.get(f"/v1/employees/{nip}/positions/none").json()["type"] == (
        "/errors/position_not_found"
    )
