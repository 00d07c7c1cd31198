"""A route that does not say who may ask it is not served, and one that forgets is shut."""

from pathlib import Path

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from mutasi.authority import Role, Scope
from mutasi.settings import Settings
from serving.app import create_app
from serving.security import Needs, UnguardedRoute, open_to_all, require_guards
from tests.serving.conftest import KNOWN, settings_of
from tests.serving.people import Region, settle, signed_in


@pytest.fixture
def app(own_home: Path) -> FastAPI:
    return create_app(settings_of(own_home))


def test_the_routes_of_the_service_say_who_may_ask() -> None:
    require_guards(create_app(Settings()))


def test_a_route_that_does_not_say_so_keeps_the_service_from_starting(app: FastAPI) -> None:
    @app.get("/v1/forgotten")
    async def forgotten() -> None: ...

    with pytest.raises(UnguardedRoute, match="/v1/forgotten"), TestClient(app):
        pass


def test_a_router_that_does_not_say_so_keeps_the_service_from_starting(app: FastAPI) -> None:
    router = APIRouter(prefix="/v1/forgotten", dependencies=[Depends(lambda: None)])

    @router.post("/deep/{plan_id}")
    async def forgotten(plan_id: str) -> str:
        return plan_id

    app.include_router(router)
    with pytest.raises(UnguardedRoute, match="/v1/forgotten/deep"), TestClient(app):
        pass


def test_a_route_beside_fastapi_keeps_the_service_from_starting(app: FastAPI) -> None:
    app.add_route("/plain", lambda _: PlainTextResponse("open"))

    with pytest.raises(UnguardedRoute, match="/plain"), TestClient(app):
        pass


def test_a_mounted_application_keeps_the_service_from_starting(app: FastAPI) -> None:
    app.mount("/other", FastAPI())

    with pytest.raises(UnguardedRoute, match="/other"), TestClient(app):
        pass


def test_a_route_that_says_two_things_keeps_the_service_from_starting(app: FastAPI) -> None:
    both = [Depends(open_to_all), Depends(Needs(Scope.MODELS))]

    @app.get("/v1/both", dependencies=both)
    async def both_ways() -> None: ...

    with pytest.raises(UnguardedRoute, match="2 found"), TestClient(app):
        pass


def test_a_new_route_is_shut_to_those_who_see_only_some_until_it_says_whom_it_is_about(
    app: FastAPI, people: Region
) -> None:
    @app.get("/v1/everything", dependencies=[Depends(Needs(Scope.CANDIDATES))])
    async def everything() -> str:
        return "everybody"

    @app.get("/v1/people/{nip}/thing/{thing_id}", dependencies=[Depends(Needs(Scope.CANDIDATES))])
    async def thing(nip: str, thing_id: str) -> str:
        return nip + thing_id

    with TestClient(app, headers=KNOWN) as known:
        settle(app.state.region.store.engine, people)
        head = signed_in(app, Role.UNIT_HEAD.value.replace("_", "-"))

        assert known.get("/v1/everything").status_code == 200
        assert head.get("/v1/everything").status_code == 403
        assert head.get(f"/v1/people/{people.colleague}/thing/1").status_code == 200
        assert head.get(f"/v1/people/{people.stranger}/thing/1").status_code == 404
