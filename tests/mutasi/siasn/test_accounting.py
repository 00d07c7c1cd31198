"""Rows in are rows stored and rows told, whatever a file says."""

import json
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from mutasi.bundle.contract import contract
from mutasi.errors import MutasiError
from mutasi.siasn.reading import read as read_files
from mutasi.siasn.resources import RESOURCE
from tests.mutasi.siasn.export import (
    BUDI,
    CLINIC,
    DAY,
    OFFICE,
    SITI,
    SITI_ID,
    export,
    unaccounted,
    written,
)
from tests.records import TODAY

read = partial(read_files, today=TODAY)

VALUES = st.sampled_from(
    [None, "", "-", "01-01-0001", SITI, BUDI, SITI_ID, CLINIC, OFFICE, "1", "2", "4", "34", "PLT",
     "01-02-2015", "2016-01-01T00:00:00Z", "2199-01-01", "31-02-2020", "III/d", "S-1 ILMU HUKUM",
     "2020", "x", "1.98E+17", "99", "{…}", "Triwulan I"]
)  # fmt: skip
THINGS = VALUES | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
JSON = st.recursive(
    THINGS,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["data", "code", "message", "nip"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@st.composite
def rows_of(draw: Callable[..., Any], name: str) -> list[Any]:
    """Return rows with the keys of a resource and any values, or anything else."""
    row = st.dictionaries(st.sampled_from([*RESOURCE[name].keys]), THINGS | JSON, max_size=12)
    rows: list[Any] = draw(st.lists(row | JSON, max_size=6))
    return rows


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_rows_in_are_rows_stored_and_rows_told_whatever_they_say(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    lists = export()
    for name in data.draw(st.lists(st.sampled_from([*RESOURCE]), max_size=4, unique=True)):
        lists[name] = lists.get(name, []) + data.draw(rows_of(name))

    bundle = read(written(tmp_path_factory.mktemp("any"), lists), as_of=DAY)

    assert not unaccounted(bundle)
    for table, frame in bundle.frames.items():
        contract(table).validate(frame)


@settings(max_examples=25, deadline=None)
@given(
    content=JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60),
    name=st.sampled_from([*RESOURCE, SITI, f"rw-jabatan-{SITI}", "other"]),
)
def test_any_file_is_read_or_refused_in_words(
    content: bytes, name: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = written(tmp_path_factory.mktemp("any"), export())
    (folder / f"{name}.json").write_bytes(content)
    try:
        bundle = read(folder, as_of=DAY)
    except MutasiError:
        return
    assert not unaccounted(bundle)
