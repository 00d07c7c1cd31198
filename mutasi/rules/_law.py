"""Dated parameters of the law: what a regulation demanded on a day."""

import tomllib
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutasi.errors import LawSilent


class Law:
    """The parameters in force on one day.

    >>> Law(date(2024, 1, 1))("tenure.minimum_years")
    2
    """

    def __init__(self, on: date) -> None:
        self.on = on

    def __call__(self, name: str) -> Any:
        """Return the value of a parameter on the day.

        Args:
            name: ``chapter.parameter``, as in ``mutasi/rules/parameters/*.toml``.

        Raises:
            LookupError: If there is no such parameter.
            LawSilent: If none is in force yet.
        """
        return self.entry(name)["value"]

    def entry(self, name: str) -> dict[str, Any]:
        """Return value, first day and reference of a parameter on the day.

        Raises:
            LookupError: If there is no such parameter.
            LawSilent: If none is in force yet.
        """
        known = entries(name)
        in_force = [entry for entry in known if entry["since"] <= self.on]
        if not in_force:
            since = min(entry["since"] for entry in known)
            raise LawSilent(parameter=name, on=self.on, since=since)
        return max(in_force, key=lambda entry: entry["since"])


def entries(name: str) -> list[dict[str, Any]]:
    """Return every entry of a parameter, in order of date.

    Raises:
        LookupError: If there is no such parameter.
    """
    if name not in _parameters():
        raise LookupError(f"the law has no parameter {name}")
    return sorted(_parameters()[name], key=lambda entry: entry["since"])


def law_of(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Return which law each of some days has, as a number; same shape.

    Between two days of the same number no parameter changed.
    """
    return np.searchsorted(_changes(), days, side="right")


@cache
def _changes() -> NDArray[np.datetime64]:
    """Return the days from which any parameter was another, in order."""
    since = {entry["since"] for known in _parameters().values() for entry in known}
    return np.array(sorted(since), "datetime64[D]")


@cache
def _parameters() -> dict[str, list[dict[str, Any]]]:
    found = {}
    for file in sorted(files("mutasi.rules").joinpath("parameters").iterdir(), key=str):
        chapter = file.name.removesuffix(".toml")
        for name, dated in tomllib.loads(file.read_text(encoding="utf-8")).items():
            found[f"{chapter}.{name}"] = dated
    return found
