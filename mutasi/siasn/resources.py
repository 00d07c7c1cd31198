"""The resources of SIASN: which keys are read of each, under whatever spelling.

Only keys that ``resources.toml`` names are read.  All others, among them NIK, religion,
phone, address, e-mail, NPWP, BPJS and the family's names, are dropped at the door.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

Keys = Mapping[str, tuple[str, ...]]

PERSON: Keys = {
    "nipBaru": ("nip",),
    "idPns": ("pns", "pnsOrang", "pnsOrangId", "pnsId", "pnsDinilaiId"),
}
"""Whose row it is: by number, or by SIASN's own id, which *data-utama* explains."""

OF_UNITS = "units"
"""The table whose rows are about nobody."""


@dataclass(frozen=True)
class Resource:
    """A resource of SIASN.

    Attributes:
        name: As in the service's paths and in the names of files.
        table: The table that its rows end in.
        keys: What is read, each with its other spellings beside SIASN's own.
        feeds: The key that a field of the table comes from first of all.
        names: What the resource is called besides.
    """

    name: str
    table: str
    keys: Keys
    feeds: Mapping[str, str]
    names: tuple[str, ...]


def _resource(name: str, said: Mapping[str, Any]) -> Resource:
    feeds, others = said["feeds"], said.get("others", {})
    person = PERSON if said["table"] != OF_UNITS else {}
    named = [*person, *feeds.values(), *said.get("keys", ()), *others, "deletedAt"]
    keys = {key: tuple(others.get(key, person.get(key, ()))) for key in named}
    return Resource(name, said["table"], keys, feeds, tuple(said.get("names", ())))


def _resources() -> tuple[Resource, ...]:
    text = files("mutasi.siasn").joinpath("resources.toml").read_text(encoding="utf-8")
    return tuple(_resource(name, said) for name, said in tomllib.loads(text).items())


RESOURCES = _resources()
"""Every resource that is read, parents before children."""

RESOURCE: Mapping[str, Resource] = {resource.name: resource for resource in RESOURCES}

NAMES: Mapping[str, Resource] = {
    name: resource for resource in RESOURCES for name in (resource.name, *resource.names)
}
"""Resources by every name that they go by."""


def plain(key: str) -> str:
    """Return a key as it is compared: without regard to case and to what joins its words.

    >>> plain("PerilakuKerjaNilai"), plain("NIP BARU"), plain("tmt_cpns")
    ('perilakukerjanilai', 'nipbaru', 'tmtcpns')
    """
    return re.sub(r"[\W_]+", "", key).casefold()


def spellings(resource: Resource) -> dict[str, str]:
    """Return the keys that are read of a resource, by every plain spelling."""
    return {
        plain(spelling): key for key, others in resource.keys.items() for spelling in (key, *others)
    }
