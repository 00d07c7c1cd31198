"""Who is removed or may do less is answered so at once, whatever they still hold."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from mutasi import clock
from mutasi.authority import Role, Scope
from mutasi.errors import NameTaken
from mutasi.store import accounts, clients, session
from mutasi.store.session import Engine
from tests.serving.people import PASSWORD, bearer, signed_in, state_of, token_of

SCOPES = [Scope.MODELS, Scope.VACANCIES]
numbers = iter(range(100))


@pytest.fixture
def engine(peopled: TestClient) -> Engine:
    found: Engine = state_of(peopled).region.store.engine
    return found


@pytest.fixture
def leaver(peopled: TestClient, engine: Engine) -> tuple[str, dict[str, str]]:
    """A client that holds a token: its name, and the header that shows it."""
    name = f"leaver-{next(numbers)}"
    with session.unit_of_work(engine) as work:
        secret = clients.add(work, name, SCOPES, clock.now())
    return name, bearer(token_of(peopled, name, str(secret)))


@pytest.fixture
def person(engine: Engine) -> Iterator[accounts.Account]:
    """Somebody who may sign in."""
    with session.unit_of_work(engine) as work:
        made = accounts.add(work, "leaver", PASSWORD, [Role.ANALYST], clock.now())
    yield made
    with session.unit_of_work(engine) as work:
        if accounts.of(work, made.account_id):
            accounts.remove(work, "leaver", "user:root")


def test_a_token_of_a_client_that_was_removed_opens_nothing_and_never_will(
    peopled: TestClient, engine: Engine, leaver: tuple[str, dict[str, str]]
) -> None:
    name, token = leaver
    assert peopled.get("/v1/vacancies", headers=token).status_code == 200

    with session.unit_of_work(engine) as work:
        clients.remove(work, name, "user:root")

    answer = peopled.get("/v1/vacancies", headers=token)
    assert (answer.status_code, answer.json()["type"]) == (401, "/errors/token_invalid")
    with pytest.raises(NameTaken), session.unit_of_work(engine) as work:
        clients.add(work, name, SCOPES, clock.now())


def test_a_token_lets_do_no_more_than_its_client_may_by_now(
    peopled: TestClient, engine: Engine, leaver: tuple[str, dict[str, str]]
) -> None:
    name, token = leaver
    with session.unit_of_work(engine) as work:
        clients.change(work, name, [Scope.MODELS], None, "user:root")

    assert peopled.get("/v1/vacancies", headers=token).status_code == 403
    assert peopled.get("/v1/models/current", headers=token).status_code == 200


def test_a_token_lets_do_no_more_than_it_was_given_when_its_client_may_more(
    peopled: TestClient, engine: Engine, leaver: tuple[str, dict[str, str]]
) -> None:
    name, token = leaver
    with session.unit_of_work(engine) as work:
        clients.change(work, name, [*SCOPES, Scope.METRICS], None, "user:root")

    assert peopled.get("/metrics", headers=token).status_code == 403


def test_a_session_of_an_account_that_was_removed_has_ended(
    peopled: TestClient, engine: Engine, person: accounts.Account
) -> None:
    caller = signed_in(peopled.app, person.name)
    with session.unit_of_work(engine) as work:
        accounts.remove(work, person.name, "user:root")

    answer = caller.get("/v1/session")
    assert (answer.status_code, answer.json()["type"]) == (401, "/errors/session_ended")
    login = {"name": person.name, "password": PASSWORD}
    assert caller.post("/v1/session", json=login).json()["type"] == "/errors/login_refused"


def test_who_is_something_else_signs_in_again_and_is_that_alone(
    peopled: TestClient, engine: Engine, person: accounts.Account
) -> None:
    caller = signed_in(peopled.app, person.name)
    with session.unit_of_work(engine) as work:
        accounts.change(work, replace(person, roles=(Role.ADMINISTRATOR,)), "user:root")

    assert caller.get("/v1/vacancies").status_code == 401
    again = signed_in(peopled.app, person.name)
    assert again.get("/v1/session").json()["roles"] == ["administrator"]
    assert again.get("/v1/vacancies").status_code == 403
