"""A request is read from TOML or JSON, and a slip in it is named with what was expected."""

from pathlib import Path

import pytest

from mutasi.errors import RequestUnparsed, RequestUnreadable
from mutasi.i18n import render
from mutasi.planning.request import read


def written(folder: Path, content: str | bytes, name: str = "request.toml") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("content", "name"),
    [
        pytest.param("[limits]\nmoves = 3\n", "r.toml", id="TOML"),
        pytest.param('{"limits": {"moves": 3}}', "r.json", id="JSON"),
        pytest.param('{"limits": {"moves": 3}}', "r.JSON", id="a name in capitals"),
        pytest.param(b"\xef\xbb\xbf[limits]\nmoves = 3\n", "r.toml", id="with a mark of UTF-8"),
    ],
)
def test_a_request_is_toml_or_json(content: str | bytes, name: str, tmp_path: Path) -> None:
    assert read(written(tmp_path, content, name)).limits.moves == 3


@pytest.mark.parametrize(
    ("content", "name", "line"),
    [
        pytest.param("[limits]\nmoves = 3\nmoves = = 4\n", "r.toml", 3, id="TOML"),
        pytest.param('{\n"limits": }', "r.json", 2, id="JSON"),
        pytest.param("as_of = 2026-02-31\n", "r.toml", 1, id="a day that there is not"),
        pytest.param(b"\x00\xff\xfe", "r.toml", 1, id="no text"),
        pytest.param("[" * 100_000, "r.json", 1, id="nested too deeply"),
    ],
)
def test_what_is_neither_is_refused_by_its_line(
    content: str | bytes, name: str, line: int, tmp_path: Path
) -> None:
    with pytest.raises(RequestUnparsed) as refused:
        read(written(tmp_path, content, name))

    assert refused.value.params["line"] == line


@pytest.mark.parametrize(
    ("content", "field", "told"),
    [
        ("[limits]\nmoves = -1\n", "limits.moves", "harus paling sedikit 0"),
        ("[posts]\nrounds = 9\n", "posts.rounds", "harus paling banyak 6"),
        ("[limits]\nmoves = true\n", "limits.moves", "bukan dari jenis"),
        ("[limits]\nmoves = '3'\n", "limits.moves", "bukan dari jenis"),
        ("[weights]\ngain = inf\n", "weights.gain", "berhingga"),
        (
            "[[outcome]]\nname = 'a'\nmeasure = 'x'\n",
            "outcome.0.measure",
            "harus salah satu dari performance, good, lasting",
        ),
        ("[[preference]]\nperson = '1'\n", "preference.0", "unit, post"),
    ],
)
def test_a_slip_is_told_with_what_was_expected(
    content: str, field: str, told: str, tmp_path: Path
) -> None:
    with pytest.raises(RequestUnreadable) as refused:
        read(written(tmp_path, content))

    assert refused.value.params["field"] == field
    assert told in render("error.request_unreadable", "id", **refused.value.params)
