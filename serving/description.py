"""The description of the interface, as programs and people are given it (OpenAPI 3.1).

FastAPI describes the routes; here what it cannot know is added: the scope of each, names of
schemas that are no paths of our modules, and a call of every operation that can be typed.
"""

import json
import shlex
from collections.abc import Iterator, Mapping
from typing import Any, Final

from fastapi.routing import RouteContext
from fastapi.utils import create_model_field

from serving.answers import Described
from serving.security import SYSTEM, Needs

Tree = dict[str, Any]

PLACE: Final = "#/components/schemas/"
ADDRESS: Final = "http://127.0.0.1:8000"
FORM: Final = "application/x-www-form-urlencoded"
FILES: Final = "multipart/form-data"
VAGUE: Final = ("schemas", "request", "bodies")
"""Names of modules that say nothing of what is in them."""

SHOWN: Final = ('-H "Authorization: Bearer $TOKEN"',)
"""What says who asks,"""

OTHERWISE: Final[dict[str, tuple[str, ...]]] = {
    "POST /oauth2/token": ('-u "$CLIENT_ID:$CLIENT_SECRET"', "-d grant_type=client_credentials"),
    "POST /v1/session": ("-c session.txt",),
    "GET /v1/session": ("-b session.txt",),
    "DELETE /v1/session": ("-b session.txt", '-H "X-CSRF-Token: $CSRF_TOKEN"'),
}
"""and what is shown where there is no token, or another thing is meant."""


def operations(described: Tree) -> Iterator[tuple[str, str, Tree]]:
    """Yield method, path and operation of everything that may be asked."""
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def tell_answers(route: RouteContext) -> None:
    """Give a route's answers their schemas and examples.

    FastAPI makes a validator of each as it builds a route, some hundred at every start,
    and describes from them; so they are made where the description is asked for.
    """
    for status, answer in route.responses.items():
        if isinstance(answer, Described):
            name = f"Response_{status}_{route.unique_id}"
            kind = answer.shape.kind
            route.response_fields[status] = create_model_field(name, kind, mode="serialization")
            answer.give_example()


def name_scope(operation: Tree, needs: Needs) -> None:
    """Tell which scope a caller must have."""
    scopes = [] if needs.scope is None else [needs.scope.value]
    operation["x-scopes"] = scopes
    for scheme in operation["security"]:
        if SYSTEM.scheme_name in scheme:
            scheme[SYSTEM.scheme_name] = scopes


def name_schemas(described: Tree) -> Tree:
    """Return the description with a name of its own for every schema.

    Of several schemas of one name each is called by where it belongs: what writes programs
    from a description takes them for one another otherwise.
    """
    schemas = described["components"]["schemas"]
    names = {long: _short(long) for long in schemas if "__" in long}
    assert len({*names.values(), *schemas}) == len(names) + len(schemas), "two schemas, one name"
    renamed: Tree = _renamed(described, {PLACE + old: PLACE + new for old, new in names.items()})
    renamed["components"]["schemas"] = {
        names.get(name, name): schema | {"title": names.get(name, name)}
        for name, schema in renamed["components"]["schemas"].items()
    }
    return renamed


def _short(long: str) -> str:
    """Return a name by the nearest module that says what it is about.

    >>> _short("serving__proposals__schemas__Person"), _short("mutasi__workflow__steps__State")
    ('ProposalsPerson', 'StepsState')
    """
    *modules, name = long.split("__")
    nearest = next(module for module in reversed(modules) if module not in VAGUE)
    return nearest.title().replace("_", "") + name


def _renamed(tree: Any, names: Mapping[str, str]) -> Any:
    if isinstance(tree, dict):
        return {key: _renamed(value, names) for key, value in tree.items()}
    if isinstance(tree, list):
        return [_renamed(value, names) for value in tree]
    return names.get(tree, tree) if isinstance(tree, str) else tree


def add_call(described: Tree, method: str, path: str, operation: Tree) -> None:
    """Add a call that can be typed, made of the examples of the operation's parameters."""
    source = curl(described, method, path, operation)
    operation["x-codeSamples"] = [{"lang": "Shell", "label": "curl", "source": source}]


def curl(described: Tree, method: str, path: str, operation: Tree) -> str:
    """Return a call of an operation, for a shell that knows who asks."""
    place, query, headers = path, [], []
    for parameter in operation.get("parameters", []):
        if not parameter.get("required"):
            continue
        value = str(_example(described, parameter["schema"]))
        if parameter["in"] == "path":
            place = place.replace(f"{{{parameter['name']}}}", value)
        elif parameter["in"] == "query":
            query.append(f"{parameter['name']}={value}")
        else:
            headers.append("-H " + shlex.quote(f"{parameter['name']}: {value}"))
    who = OTHERWISE.get(f"{method} {path}", SHOWN if "x-scopes" in operation else ())
    verb = [] if method == "GET" else [f"-X {method}"]
    address = shlex.quote(ADDRESS + place + ("?" + "&".join(query) if query else ""))
    parts = [*verb, *who, *headers, *_body(described, operation), address]
    return " \\\n  ".join([f"curl {parts[0]}", *parts[1:]])


def _body(described: Tree, operation: Tree) -> Iterator[str]:
    """Yield what sends the body of an operation, if it has one."""
    content = operation.get("requestBody", {}).get("content", {})
    for kind, media in content.items():
        if kind == FILES:
            yield "-F file=@units.csv"
            return
        value = _of_media(described, media)
        if kind == FORM:
            for name, each in value.items():
                yield f"-d {shlex.quote(f'{name}={each}')}"
            return
        yield '-H "Content-Type: application/json"'
        yield f"-d {shlex.quote(json.dumps(value, ensure_ascii=False))}"


def _of_media(described: Tree, media: Tree) -> Any:
    given = media.get("examples")
    return next(iter(given.values()))["value"] if given else _example(described, media["schema"])


def _example(described: Tree, schema: Tree) -> Any:
    """Return a value that a schema allows: an example if it has one, else the least."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(PLACE)
        return _example(described, described["components"]["schemas"][name])
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    for key in ("const", "default"):
        if schema.get(key) is not None:
            return schema[key]
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return _example(described, schema[key][0])
    return _least(described, schema)


def _least(described: Tree, schema: Tree) -> Any:
    """Return the least that a schema without an example allows."""
    kind = schema.get("type")
    if kind == "object":
        fields = schema.get("properties", {})
        return {name: _example(described, fields[name]) for name in schema.get("required", ())}
    if kind == "array":
        return [_example(described, schema["items"])] * schema.get("minItems", 0)
    if kind in ("integer", "number"):
        return schema.get("minimum", 0)
    if kind == "boolean":
        return False
    return {"date": "2026-03-30"}.get(schema.get("format", ""), "text")
