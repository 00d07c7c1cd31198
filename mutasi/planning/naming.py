"""Whom and what a plan request names, and that a region has all of it."""

from collections.abc import Container, Iterator, Mapping
from typing import Any

from mutasi.errors import DemandUnknown
from mutasi.planning.request import PlanRequest

KINDS = {
    "people": "person",
    "without": "person",
    "person": "person",
    "other": "person",
    "only": "post",
    "opening": "post",
    "post": "post",
    "units": "unit",
    "unit": "unit",
    "family": "family",
}
"""What each field of a request names."""


def names(request: PlanRequest) -> Iterator[tuple[str, str, str]]:
    """Yield what a request names: the field, what kind of thing, its id.

    >>> request = PlanRequest.model_validate({"keep": [{"person": "1"}]})
    >>> list(names(request))
    [('keep.0.person', 'person', '1')]
    """
    yield from _named(request.model_dump(exclude={"outcome"}), "", None)


def require_named(request: PlanRequest, there: Mapping[str, Container[str]]) -> None:
    """Refuse a request that names what there is not.

    Args:
        request: What is asked.
        there: Ids of all there is, by ``person``, ``post``, ``unit`` and ``family``.

    Raises:
        DemandUnknown: If it names a person, post, unit or family that there is not.
    """
    for field, kind, value in names(request):
        if value not in there[kind]:
            raise DemandUnknown(field=field, name=kind, value=value)


def _named(said: Any, field: str, kind: str | None) -> Iterator[tuple[str, str, str]]:
    match said:
        case dict() if kind is not None:  # by id, as seats that open
            yield from ((f"{field}.{name}", kind, name) for name in said)
        case dict():
            for name, value in said.items():
                yield from _named(value, f"{field}.{name}".lstrip("."), KINDS.get(name))
        case list() | tuple():
            for place, value in enumerate(said):
                yield from _named(value, f"{field}.{place}", kind)
        case str() if kind is not None:
            yield field, kind, said
