"""Areas of the interface: routes that belong together, called by the names of their functions."""

from collections.abc import Sequence

from fastapi import APIRouter
from fastapi.params import Depends
from fastapi.routing import APIRoute


def _named(route: APIRoute) -> str:
    return route.name


class Area(APIRouter):
    """The routes of an area, or of a part of it.

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
        )


def join(router: APIRouter, *parts: APIRouter) -> None:
    """Add the routes of parts as they are.

    FastAPI's ``include_router`` builds each again for what it may add to it: nothing here,
    and that took half of the time in which routes are built, at every start.
    """
    for part in parts:
        router.routes.extend(part.routes)
