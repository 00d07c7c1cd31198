"""The parameters in force on a day, from the dated files."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def parameter(name: str, on: date) -> Any:
    """Return the value of a parameter: the last entry that began not after the day.

    Raises:
        LookupError: If none had begun.
    """
    topic, key = name.split(".")
    begun = [entry for entry in _file(topic)[key] if entry["since"] <= on]
    if not begun:
        raise LookupError(f"{name} has no value on {on}")
    return max(begun, key=lambda entry: entry["since"])["value"]


@cache
def _file(topic: str) -> Mapping[str, Any]:
    text = files("mutasi").joinpath("rules", "parameters", f"{topic}.toml").read_text("utf-8")
    return tomllib.loads(text)
