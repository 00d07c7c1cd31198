"""Routes of contrasts and levers: the anonymous caller first, then the good case."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from models.advice import advice_on
from models.contrast import contrast_of
from models.recommender import Recommender
from mutasi.i18n import render
from mutasi.settings import Settings
from pipelines.recommend import opened
from serving.app import create_app
from serving.recommendations.endpoints import CONTRAST, LEVERS
from tests import learned
from tests.serving.conftest import KNOWN, TOKEN

CONTRAST_ROUTE = "/v1/positions/{position}/contrast?first={one}&second={other}"
LEVERS_ROUTE = "/v1/employees/{one}/positions/{position}/levers"
ROUTES = (CONTRAST_ROUTE, LEVERS_ROUTE)


def client(folder: Path, *, has_model: bool) -> Iterator[TestClient]:
    settings = learned.made_home(folder, has_model=has_model)
    known = settings.model_copy(update={"api_token": SecretStr(TOKEN)})
    with TestClient(create_app(known)) as served:
        yield served


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("advised")


@pytest.fixture(scope="module")
def served_advice(folder: Path) -> Iterator[TestClient]:
    """The service with a model; its caller shows no token."""
    yield from client(folder, has_model=True)


@pytest.fixture(scope="module")
def advising(served_advice: TestClient) -> TestClient:
    """The same service; its caller shows the token and reads Indonesian."""
    return TestClient(served_advice.app, headers=KNOWN)


@pytest.fixture(scope="module")
def modelless(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The service without a model; its caller shows the token."""
    for served in client(tmp_path_factory.mktemp("unadvised"), has_model=False):
        yield TestClient(served.app, headers=KNOWN)


@pytest.fixture(scope="module")
def ready(folder: Path, served_advice: TestClient) -> Recommender:
    assert served_advice.get("/readyz").status_code == 200
    return opened(Settings(home=folder)).recommender


@pytest.fixture(scope="module")
def named(ready: Recommender) -> dict[str, str]:
    """A position and two people who are told apart for it, the better one last."""
    for position, one, other in learned.rivals():
        contrast = contrast_of(ready, position, one, other)
        if contrast.is_told_apart:
            second, first = contrast.second.employee_id, contrast.first.employee_id
            return {"position": position, "one": second, "other": first}
    raise AssertionError("no two can be told apart")


@pytest.mark.parametrize("route", ROUTES)
def test_an_anonymous_caller_is_refused(
    served_advice: TestClient, route: str, named: dict[str, str]
) -> None:
    answer = served_advice.get(route.format(**named))

    assert answer.status_code == 401
    assert answer.json()["type"] == "/errors/token_missing"


@pytest.mark.parametrize("route", ROUTES)
def test_a_caller_with_a_wrong_token_is_refused(
    served_advice: TestClient, route: str, named: dict[str, str]
) -> None:
    answer = served_advice.get(
        route.format(**named), headers={"Authorization": "Bearer another token"}
    )

    assert answer.status_code == 401
    assert answer.json()["type"] == "/errors/token_invalid"


def test_a_contrast_tells_who_comes_first_and_why(
    advising: TestClient, ready: Recommender, named: dict[str, str]
) -> None:
    answer = advising.get(CONTRAST_ROUTE.format(**named))
    told = CONTRAST.adapter.validate_python(answer.json())
    found = contrast_of(ready, named["position"], named["one"], named["other"])

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert told.first.employee.nip == named["other"]
    assert told.heading.startswith(f"{told.first.employee.name} di depan")
    assert told.certainty == pytest.approx(found.certainty, abs=1e-4)
    assert told.certainty_sentence is not None
    assert "cara membaca masa lalu" in told.certainty_sentence
    assert told.note == render("contrast.note", "id")
    assert [each.concept for each in told.differences] == [
        each.concept for each in found.differences
    ]
    assert all(each.first.sentence and each.second.sentence for each in told.differences)


def test_the_differences_answered_add_up(advising: TestClient, named: dict[str, str]) -> None:
    told = CONTRAST.adapter.validate_python(advising.get(CONTRAST_ROUTE.format(**named)).json())
    assert told.first.performance is not None
    assert told.second.performance is not None
    assert told.first.acceptance is not None
    assert told.second.acceptance is not None
    apart = {
        "performance": told.first.performance.expected - told.second.performance.expected,
        "acceptance": 100.0 * (told.first.acceptance - told.second.acceptance),
    }

    for aspect, whole in apart.items():
        effects = [each.effect for each in told.differences if each.aspect == aspect]
        assert sum(effects) == pytest.approx(whole, abs=0.02)


def test_whoever_is_named_first_the_answer_is_the_same(
    advising: TestClient, named: dict[str, str]
) -> None:
    other_way = {**named, "one": named["other"], "other": named["one"]}

    assert (
        advising.get(CONTRAST_ROUTE.format(**named)).json()
        == advising.get(CONTRAST_ROUTE.format(**other_way)).json()
    )


def test_whom_the_law_blocks_is_told_with_the_findings(
    advising: TestClient, ready: Recommender, named: dict[str, str]
) -> None:
    blocked = ready.candidates(named["position"], 5).excluded[0].employee_id
    told = CONTRAST.adapter.validate_python(
        advising.get(CONTRAST_ROUTE.format(**{**named, "one": blocked})).json()
    )

    assert told.ground == "law"
    assert told.second.employee.nip == blocked
    assert not told.second.is_eligible
    assert all(finding.sentence and finding.basis for finding in told.second.findings)


def levers_of(advising: TestClient, pair: learned.Pair, language: str = "id") -> Any:
    route = LEVERS_ROUTE.format(one=pair.employee_id, position=pair.position_id)
    return advising.get(route, params={"lang": language})


def test_levers_are_told_with_effect_interval_and_caveats(
    advising: TestClient, ready: Recommender
) -> None:
    names = set()
    for pair in learned.recommended()[:30]:
        answer = levers_of(advising, pair)
        told = LEVERS.adapter.validate_python(answer.json())
        found = advice_on(ready, pair.employee_id, pair.position_id)
        assert answer.status_code == 200
        assert told.employee.nip == pair.employee_id
        assert told.position.position_id == pair.position_id
        assert told.note == render("lever.note", "id")
        for shown, lever in zip(told.levers, found.levers, strict=True):
            names.add(shown.name)
            assert (shown.name, shown.subject) == (lever.name, lever.subject)
            assert shown.effect.size == pytest.approx(lever.effect.size, abs=1e-3)
            assert shown.effect.low <= shown.effect.size <= shown.effect.high
            said = render("lever.unfamiliar", "id") in shown.caveats
            assert said != lever.is_familiar
            said = render("lever.nothing", "id") in shown.caveats
            assert said != lever.effect.is_told_from_nothing
    assert {"competency", "course", "transport", "nearer_unit"} <= names


def test_a_nearer_unit_is_told_by_its_name(advising: TestClient, ready: Recommender) -> None:
    shown = next(
        lever
        for pair in learned.recommended()
        for lever in LEVERS.adapter.validate_python(levers_of(advising, pair).json()).levers
        if lever.name == "nearer_unit"
    )
    unit = ready.vacancy(str(shown.subject)).unit_name

    assert f"Jabatan yang sama di {unit}" in shown.sentence


def test_languages_differ_in_words_alone(advising: TestClient) -> None:
    pair = next(
        pair for pair in learned.recommended() if levers_of(advising, pair).json()["levers"]
    )
    one, other = (
        LEVERS.adapter.validate_python(levers_of(advising, pair, language).json())
        for language in ("id", "en")
    )

    assert [lever.effect for lever in one.levers] == [lever.effect for lever in other.levers]
    assert [lever.sentence for lever in one.levers] != [lever.sentence for lever in other.levers]
    assert "no promise" in other.note


def test_where_the_past_cannot_speak_nothing_is_advised(
    advising: TestClient, ready: Recommender
) -> None:
    pair = next(
        learned.Pair(each.employee_id, each.position_id)
        for vacancy in ready.vacancies()
        for each in ready.candidates(vacancy.position_id, 200, explain=False).recommended
        if not each.has_evidence
    )
    told = LEVERS.adapter.validate_python(levers_of(advising, pair).json())

    assert not told.has_evidence
    assert told.levers == []


@pytest.mark.parametrize(
    ("route", "wrong", "code"),
    [
        (CONTRAST_ROUTE, {"position": "none"}, "position_not_found"),
        (CONTRAST_ROUTE, {"one": "0"}, "employee_not_found"),
        (CONTRAST_ROUTE, {"other": "0"}, "employee_not_found"),
        (LEVERS_ROUTE, {"position": "none"}, "position_not_found"),
        (LEVERS_ROUTE, {"one": "0"}, "employee_not_found"),
    ],
    ids=[
        "contrast: position",
        "contrast: one",
        "contrast: other",
        "levers: position",
        "levers: one",
    ],
)
def test_what_does_not_exist_is_not_found(
    advising: TestClient, named: dict[str, str], route: str, wrong: dict[str, str], code: str
) -> None:
    answer = advising.get(route.format(**{**named, **wrong}))

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == f"/errors/{code}"


def test_one_person_is_not_compared_with_themselves(
    advising: TestClient, named: dict[str, str]
) -> None:
    answer = advising.get(CONTRAST_ROUTE.format(**{**named, "other": named["one"]}))

    assert answer.status_code == 422
    assert answer.json()["type"] == "/errors/same_person"
    assert answer.json()["params"] == {"employee_id": named["one"]}


@pytest.mark.parametrize("missing", ["first", "second"])
def test_both_people_must_be_named(
    advising: TestClient, named: dict[str, str], missing: str
) -> None:
    people = {"first": named["one"], "second": named["other"]}
    del people[missing]
    answer = advising.get(f"/v1/positions/{named['position']}/contrast", params=people)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["where"] == f"query.{missing}"


@pytest.mark.parametrize("route", ROUTES)
def test_without_a_model_the_service_says_what_it_takes(
    modelless: TestClient, named: dict[str, str], route: str
) -> None:
    answer = modelless.get(route.format(**named))

    assert answer.status_code == 503
    assert answer.json()["type"] == "/errors/model_needed"
    assert "mutasi train" in answer.json()["detail"]


def test_an_examination_is_still_answered_without_levers(
    advising: TestClient, named: dict[str, str]
) -> None:
    answer = advising.get(f"/v1/employees/{named['one']}/positions/{named['position']}")

    assert answer.status_code == 200
    assert "levers" not in answer.json()


@pytest.mark.parametrize(
    ("path", "answers"),
    [
        ("/v1/positions/{position_id}/contrast", CONTRAST),
        ("/v1/employees/{nip}/positions/{position_id}/levers", LEVERS),
    ],
    ids=["contrast", "levers"],
)
def test_the_description_has_an_example_and_every_problem(
    advising: TestClient, path: str, answers: Any
) -> None:
    described = advising.get("/openapi.json").json()["paths"][path]["get"]
    example = described["responses"]["200"]["content"]["application/json"]["example"]

    answers.adapter.validate_python(example)
    assert {"200", "401", "404", "409", "422", "503"} <= set(described["responses"])
    for status in ("401", "404", "409", "422", "503"):
        assert list(described["responses"][status]["content"]) == ["application/problem+json"]
