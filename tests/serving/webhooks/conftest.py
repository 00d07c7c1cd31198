"""Systems that are told, of a service without records."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mutasi import clock
from mutasi.authority import Scope
from mutasi.settings import Settings
from mutasi.store import clients, session
from serving.app import create_app
from tests.serving.people import SECURE, bearer, token_of

SCOPES: dict[str, list[Scope]] = {
    "simpeg": [scope for scope in Scope if scope is not Scope.ALL_WEBHOOKS],
    "other": [scope for scope in Scope if scope is not Scope.ALL_WEBHOOKS],
    "few": [Scope.WEBHOOKS, Scope.PLANS_READ],
    "keeper": list(Scope),
}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home")


@pytest.fixture
def callers(settings: Settings) -> Iterator[dict[str, TestClient]]:
    """Systems by name; the service has no records, which nothing here needs."""
    app = create_app(settings)
    with TestClient(app, base_url=SECURE) as client:
        with session.unit_of_work(app.state.region.store.engine) as work:
            secrets = {
                name: str(clients.add(work, name, scopes, clock.now()))
                for name, scopes in SCOPES.items()
            }
        yield {
            name: TestClient(app, base_url=SECURE, headers=bearer(token_of(client, name, secret)))
            for name, secret in secrets.items()
        }


@pytest.fixture
def simpeg(callers: dict[str, TestClient]) -> TestClient:
    return callers["simpeg"]
