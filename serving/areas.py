"""Areas of the interface: routes that belong together and take nothing that they do not know."""

import json
import re
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator, Sequence
from functools import cached_property
from typing import Any, Final

from fastapi import APIRouter
from fastapi.dependencies.models import Dependant
from fastapi.exceptions import RequestValidationError
from fastapi.params import Depends, Form
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

from mutasi.errors import MediaTypeOther

JSON: Final = re.compile(r"application/(?:[^/]+\+)?json\Z")

LANGUAGE: Final = "lang"
"""The parameter that every route takes: problems have words, too."""


def _named(route: APIRoute) -> str:
    return route.name


class StrictRequest(Request):
    """A request whose body, if it is JSON, says each thing once."""

    async def json(self) -> Any:
        """Return the body.

        Raises:
            JSONDecodeError: If it is no JSON.
            RequestValidationError: If a key comes twice in an object: which of the two is
                meant depends on who reads it.
        """
        body = await self.body()
        return json.loads(body, object_pairs_hook=_once)


class StrictRoute(APIRoute):
    """A route that knows what it may be asked."""

    @cached_property
    def known(self) -> frozenset[str]:
        """The parameters of a query that it takes."""
        return frozenset(_parameters(self.dependant)) | {LANGUAGE}

    def require_known(self, request: Request) -> None:
        """Refuse a query with parameters that mean nothing here, such as one misspelt.

        Raises:
            RequestValidationError: If it has any.
        """
        unknown = sorted(request.query_params.keys() - self.known)
        if unknown:
            raise _refusal("extra_forbidden", *(("query", name) for name in unknown))

    async def require_json(self, request: Request) -> None:
        """Refuse a body that is not said to be JSON, if JSON is what is read here.

        A page elsewhere can have a browser send any other text without asking first.

        Raises:
            MediaTypeOther: If it is said to be anything else, or nothing.
        """
        takes_json = self.body_field is not None and not isinstance(
            self.body_field.field_info, Form
        )
        if takes_json and await request.body() and not JSON.match(media_type(request)):
            raise MediaTypeOther(expected="application/json")

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return what answers, given a request that is read strictly."""
        answers = super().get_route_handler()

        async def strictly(request: Request) -> Response:
            return await answers(StrictRequest(request.scope, request.receive))

        return strictly


class Area(APIRouter):
    """The routes of an area, or of a part of it, called by the names of their functions.

    Args:
        tag: What the description calls the area.
        prefix: Where the paths of all its routes begin.
        dependencies: What all its routes depend on.
    """

    def __init__(self, tag: str, prefix: str = "", dependencies: Sequence[Depends] = ()) -> None:
        super().__init__(
            prefix=prefix,
            tags=[tag],
            dependencies=dependencies,
            generate_unique_id_function=_named,
            route_class=StrictRoute,
        )


def media_type(request: Request) -> str:
    """Return what a body is said to be, without parameters; empty if nothing is said."""
    return request.headers.get("content-type", "").partition(";")[0].strip().casefold()


def join(router: APIRouter, *parts: APIRouter) -> None:
    """Add the routes of parts as they are.

    FastAPI's ``include_router`` builds each again for what it may add to it: nothing here,
    and that took half of the time in which routes are built, at every start.
    """
    for part in parts:
        router.routes.extend(part.routes)


def _parameters(dependant: Dependant) -> Iterator[str]:
    """Yield what a route and all that it depends on read of the query."""
    yield from (each.alias for each in dependant.query_params)
    for part in dependant.dependencies:
        yield from _parameters(part)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        counts = Counter(name for name, _ in pairs)
        raise _refusal("key_twice", *(("body", name) for name in counts if counts[name] > 1))
    return found


def _refusal(kind: str, *places: tuple[str, str]) -> RequestValidationError:
    return RequestValidationError([{"type": kind, "loc": place} for place in places])
