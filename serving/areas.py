"""Areas of the interface: routes that belong together and take nothing that they do not know."""

import json
import re
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, Final, TypeAlias, get_args, get_origin

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

MOST_TOLD: Final = 20
"""How many keys that come twice in a body are named."""

Place: TypeAlias = tuple[str | int, ...]
"""Where something is in a request, from outside in."""

_Way: TypeAlias = tuple[str | int, "_Way | None"]
"""The innermost step of a place, and the way to it."""


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
        repeated: list[_Repeated] = []

        def read(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            found = dict(pairs)
            if len(found) == len(pairs):
                return found
            repeated.append(_Repeated(found, _more_than_once(name for name, _ in pairs)))
            return repeated[-1]

        body = json.loads(await self.body(), object_pairs_hook=read)
        if repeated:
            raise _refusal("key_twice", *islice(_places(body), MOST_TOLD))
        return body


class StrictRoute(APIRoute):
    """A route that knows what it may be asked."""

    @cached_property
    def known(self) -> Mapping[str, bool]:
        """The parameters of a query that it takes, and whether one may be there repeatedly."""
        return dict(_parameters(self.dependant)) | {LANGUAGE: False}

    def require_known(self, request: Request) -> None:
        """Refuse a query with parameters that mean nothing here, or that are there twice.

        Raises:
            RequestValidationError: If it has any, such as one misspelt.
        """
        names = [name for name, _ in request.query_params.multi_items()]
        unknown = sorted(set(names) - self.known.keys())
        if unknown:
            raise _refusal("extra_forbidden", *(("query", name) for name in unknown))
        twice = [name for name in _more_than_once(names) if not self.known[name]]
        if twice:
            raise _refusal("key_twice", *(("query", name) for name in twice))

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


def _parameters(dependant: Dependant) -> Iterator[tuple[str, bool]]:
    """Yield what a route and all that it depends on read of the query, and whether as a list."""
    for each in dependant.query_params:
        said = each.field_info.annotation
        yield each.alias, any(get_origin(kind) is list for kind in (said, *get_args(said)))
    for part in dependant.dependencies:
        yield from _parameters(part)


class _Repeated(dict[str, Any]):
    """An object of JSON in which keys come more than once."""

    def __init__(self, found: dict[str, Any], names: list[str]) -> None:
        super().__init__(found)
        self.names = names


def _more_than_once(names: Iterable[str]) -> list[str]:
    return [name for name, count in Counter(names).items() if count > 1]


def _places(body: Any) -> Iterator[Place]:
    """Yield where in a body keys come more than once.

    Neither by recursion nor with a whole place for each part: bodies can be deep and broad.
    """
    waiting: list[tuple[_Way, Any]] = [(("body", None), body)]
    while waiting:
        way, value = waiting.pop()
        if isinstance(value, _Repeated):
            for name in value.names:
                yield _place((name, way))
        parts = value.items() if isinstance(value, dict) else enumerate(value)
        waiting.extend(((name, way), part) for name, part in parts if isinstance(part, dict | list))


def _place(way: _Way) -> Place:
    steps = []
    left: _Way | None = way
    while left is not None:
        step, left = left
        steps.append(step)
    return tuple(reversed(steps))


def _refusal(kind: str, *places: Place) -> RequestValidationError:
    return RequestValidationError([{"type": kind, "loc": place} for place in places])
