"""Whatever is sent is answered as the caller's mistake, never as an error of the service."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.serving.people import PASSWORD

NIPS = [
    pytest.param("１９８５０５１７２０１００１２００１", id="full-width digits"),
    pytest.param("198505172010012001%00", id="NUL"),
    pytest.param("%E2%80%AE198505172010012001", id="right-to-left mark"),
    pytest.param("19850517\u200b2010012001", id="zero width"),
    pytest.param("١٩٨٥٠٥١٧٢٠١٠٠١٢٠٠١", id="Arabic digits"),
    pytest.param("%ff%fe", id="no UTF-8"),
    pytest.param("' OR 1=1 --", id="SQL"),
    pytest.param("{{7*7}}", id="template"),
    pytest.param("${jndi:ldap://127.0.0.1/a}", id="look-up"),
    pytest.param("..%2f..%2fetc%2fpasswd", id="path upward"),
    pytest.param("9" * 5000, id="very long"),
    pytest.param("%0d%0aSet-Cookie:%20a=b", id="line break"),
    pytest.param("😀" * 18, id="beyond the first plane"),
]


@pytest.mark.parametrize("nip", NIPS)
@pytest.mark.parametrize(
    "address", ["/v1/employees/{nip}/positions", "/v1/employees/{nip}/positions/P"]
)
def test_a_number_with_tricks_is_nobody_s(known: TestClient, nip: str, address: str) -> None:
    answer = known.get(address.format(nip=nip))

    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == "application/problem+json"
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("nip", NIPS)
def test_a_contrast_of_tricks_is_of_nobody(known: TestClient, vacancy: str, nip: str) -> None:
    address = f"/v1/positions/{vacancy}/contrast?first={nip}&second=1"

    assert known.get(address).status_code in (404, 422)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"{", id="cut short"),
        pytest.param(b"", id="nothing"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b"null", id="null"),
        pytest.param(b'{"name": 1, "password": []}', id="wrong types"),
        pytest.param(b'{"name": "a", "password": "b", "role": "x"}', id="more"),
        pytest.param(b'{"name": "a", "password": "\\ud800"}', id="half a sign"),
        pytest.param(b"\xff\xfe{", id="no UTF-8"),
        pytest.param(b"[" * 100_000, id="very deep"),
        pytest.param(b'{"name": "a", "password": NaN}', id="not a number"),
        pytest.param(b'{"a": 1' + b"0" * 10_000 + b"}", id="a very long number"),
    ],
)
def test_a_body_that_cannot_be_read_is_the_caller_s_mistake(known: TestClient, body: bytes) -> None:
    answer = known.post("/v1/session", content=body, headers={"Content-Type": "application/json"})

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["type"] == "/errors/request_invalid"


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({"Accept-Language": "\x00"}, id="NUL in a language"),
        pytest.param({"Accept-Language": "en;q=nan,id;q=inf,,;;q=;"}, id="weights that are none"),
        pytest.param({"Accept-Language": "en," * 5000}, id="very many languages"),
        pytest.param({"Cookie": "__Host-mutasi=" + "x" * 3000}, id="very long cookie"),
        pytest.param({"Cookie": "__Host-mutasi=\xff; __Host-mutasi=a"}, id="two cookies"),
        pytest.param({"Authorization": "Bearer " + "x" * 30_000}, id="very long token"),
        pytest.param({"Authorization": "Basic ÿÿÿ"}, id="no base64"),
        pytest.param({"Host": "evil.example"}, id="another host"),
        pytest.param({"Origin": "\\"}, id="origin of a backslash"),
        pytest.param({"X-CSRF-Token": "ÿ"}, id="proof that is no ASCII"),
    ],
)
def test_a_header_with_tricks_is_no_error_of_the_service(
    served: TestClient, headers: dict[str, str]
) -> None:
    raw = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    calls: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", "/v1/vacancies", {}),
        ("DELETE", "/v1/session", {}),
        ("POST", "/v1/session", {"json": {"name": "a", "password": PASSWORD}}),
        ("POST", "/oauth2/token", {"data": {"grant_type": "client_credentials"}}),
    ]
    for method, address, body in calls:
        assert served.request(method, address, headers=raw, **body).status_code < 500


def test_a_key_that_comes_twice_is_refused_and_named(known: TestClient) -> None:
    body = b'{"name": "sri", "password": "one of them", "name": "budi"}'
    answer = known.post("/v1/session", content=body, headers={"Content-Type": "application/json"})

    assert (answer.status_code, answer.json()["type"]) == (422, "/errors/request_invalid")
    assert answer.json()["errors"] == [{"where": "body.name", "detail": "tertulis dua kali"}]


@pytest.mark.parametrize(
    ("body", "places"),
    [
        pytest.param(
            '{"questions": [{"limit": 1}, {"limit": 1, "limit": 2}]}',
            ["body.questions.1.limit"],
            id="in a list",
        ),
        pytest.param('{"a": {"b": 1, "b": 2}, "a": 3}', ["body.a"], id="outside and within"),
        pytest.param('[{"b": 1, "b": 2}]', ["body.0.b"], id="no object"),
        pytest.param(
            "[" * 700 + "[], " * 1000 + '{"b": 1, "b": 2}' + "]" * 700,
            [f"body.{'0.' * 699}1000.b"],
            id="deep and broad",
        ),
    ],
)
def test_the_place_of_a_key_that_comes_twice_is_told(
    known: TestClient, body: str, places: list[str]
) -> None:
    answer = known.post(
        "/v1/recommendations", content=body, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 422
    assert [each["where"] for each in answer.json()["errors"]] == places


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("/v1/vacancies?limit=5&limit=6", "limit"),
        ("/v1/vacancies?limit=5&limit=5", "limit"),
        ("/v1/vacancies?lang=en&lang=id", "lang"),
        ("/v1/vacancies?function=health&function=education", "function"),
        ("/healthz?lang=id&lang=id", "lang"),
    ],
)
def test_a_parameter_that_is_there_twice_is_refused_and_named(
    known: TestClient, address: str, name: str
) -> None:
    answer = known.get(address)

    assert (answer.status_code, answer.json()["type"]) == (422, "/errors/request_invalid")
    assert [each["where"] for each in answer.json()["errors"]] == [f"query.{name}"]


@pytest.mark.parametrize(
    ("query", "code"), [("function=nope", "choice_unknown"), ("unit=nope", "unit_unknown")]
)
def test_vacancies_of_what_there_is_not_are_refused(
    known: TestClient, query: str, code: str
) -> None:
    answer = known.get(f"/v1/vacancies?{query}")

    assert (answer.status_code, answer.json()["type"]) == (422, f"/errors/{code}")


def test_where_get_is_allowed_head_is_too(known: TestClient) -> None:
    answer = known.delete("/v1/vacancies")

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


def test_a_parameter_that_is_a_list_comes_repeatedly(known: TestClient) -> None:
    assert known.get("/v1/proposals?state=approved&state=proposed").status_code == 200


@pytest.mark.parametrize(
    "address",
    ["/v1/vacancies?limmit=1&lang=en", "/healthz?limmit=1", "/v1/session?limmit="],
)
def test_a_parameter_that_means_nothing_is_refused_and_named(
    known: TestClient, address: str
) -> None:
    answer = known.get(address, headers={"Accept-Language": "en"})

    assert (answer.status_code, answer.json()["type"]) == (422, "/errors/request_invalid")
    assert answer.json()["errors"] == [
        {"where": "query.limmit", "detail": "is not known; check the spelling"}
    ]


def test_who_may_not_ask_is_not_told_which_parameters_there_are(served: TestClient) -> None:
    assert served.get("/v1/vacancies?limmit=1").status_code == 401


def test_an_address_with_a_slash_too_many_leads_nowhere(known: TestClient) -> None:
    answer = known.get("/v1/vacancies/", headers={"Host": "evil.example"}, follow_redirects=False)

    assert (answer.status_code, answer.json()["type"]) == (404, "/errors/route_not_found")
    assert "location" not in answer.headers
