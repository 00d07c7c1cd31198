"""What is counted: by route, and nobody's number in it."""

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from tests.serving.people import SECURE, Region, bearer, signed_in, token_of


@pytest.fixture
def scraper(peopled: TestClient) -> TestClient:
    return signed_in(peopled.app, "administrator")


def counted(scraper: TestClient, **labels: str) -> float:
    families = text_string_to_metric_families(scraper.get("/metrics").text)
    return sum(
        sample.value
        for family in families
        for sample in family.samples
        if sample.name == "mutasi_requests_total" and labels.items() <= sample.labels.items()
    )


def test_requests_are_counted_by_route_and_status(
    scraper: TestClient, peopled: TestClient, people: Region
) -> None:
    labels = {"route": "/v1/employees/{nip}/positions", "method": "GET", "status": "401"}
    before = counted(scraper, **labels)
    peopled.get(f"/v1/employees/{people.nip}/positions")
    peopled.get(f"/v1/employees/{people.stranger}/positions")

    assert counted(scraper, **labels) == before + 2


def test_nobody_s_number_is_in_what_is_counted(
    scraper: TestClient, peopled: TestClient, people: Region
) -> None:
    peopled.get(f"/somewhere/{people.nip}")
    peopled.request(people.nip, "/v1/vacancies")

    told = scraper.get("/metrics").text
    assert people.nip not in told
    assert "unmatched" in told
    assert 'method="other"' in told


def test_what_answers_is_told(scraper: TestClient) -> None:
    answer = scraper.get("/metrics")

    assert answer.headers["content-type"].startswith("text/plain")
    assert "mutasi_region_loaded 1.0" in answer.text
    assert "mutasi_model_ranks 1.0" in answer.text


def test_a_client_may_scrape_with_a_token_of_that_scope_alone(
    peopled: TestClient, secrets: dict[str, str]
) -> None:
    token = token_of(peopled, "simpeg", secrets["simpeg"], scope="metrics:read")
    caller = TestClient(peopled.app, base_url=SECURE, headers=bearer(token))

    assert caller.get("/metrics").status_code == 200
    assert caller.get("/v1/vacancies").status_code == 403
