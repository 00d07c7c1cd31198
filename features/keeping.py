"""A snapshot with its features in one file, so that a service need not work them out again.

The file holds arrays as NumPy writes them (nothing is pickled), read one by one when they
are asked for, and the tables as Arrow, which only some questions need.  Whether it is of
what the store holds now is told by a name that is compared before anything is read:
of the records, of this code, and of the libraries that computed.
"""

import hashlib
import json
import os
import tempfile
import zipfile
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from weakref import finalize

import numpy as np

from features._compute import FEATURES, Prepared
from features._feature import Array, Grain, Tally
from mutasi.fingerprint import fingerprints
from mutasi.private import make_folder
from mutasi.snapshot import Snapshot

if TYPE_CHECKING:
    import pandas as pd

ABOUT = "about"
CODES, TEXTS = ".codes", ".texts"
"""What ends the names of the two arrays that a column of texts is kept as."""

LIBRARIES = ("numpy", "pandas")


@dataclass(frozen=True)
class Kept:
    """What a file held, or the store where there is none.

    Attributes:
        prepared: The features, with the snapshot.
        fingerprints: Of the snapshot's tables.
        state: Name of what the store held; None if it could not be told.
    """

    prepared: Prepared
    fingerprints: Mapping[str, str]
    state: str | None


def keep(file: Path, prepared: Prepared, state: str) -> None:
    """Write a snapshot with its features, at one stroke; only the owner can read it.

    Args:
        file: Where to; its folder is made if needed.
        prepared: The features, with the snapshot of all that is known.
        state: Name of what the store held (``mutasi.store.states``).

    Raises:
        OSError: If it cannot be written.
    """
    snapshot = prepared.snapshot
    about = {
        "name": _name(state),
        "as_of": snapshot.as_of.isoformat(),
        "fingerprints": dict(fingerprints(snapshot)),
    }
    arrays = {ABOUT: _json(about), "days_in_function": snapshot.days_in_function}
    for place, columns in (("employees", snapshot.employees), ("positions", snapshot.positions)):
        arrays |= _parts((f"{place}/{name}", columns[name]) for name in columns)
    for (grain, name), column in _computed(prepared):
        if isinstance(column, Tally):
            arrays |= {f"{_tally(name)}{part}": value for part, value in column.parts.items()}
        elif column is not None:
            arrays |= _parts([(f"{grain.value}/{name}", column)])
    for table, frame in snapshot.tables.items():
        written = BytesIO()
        frame.to_feather(written)
        arrays[f"tables/{table}"] = np.frombuffer(written.getvalue(), np.uint8)
    make_folder(file.parent)
    handle, beside = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")
    try:
        with os.fdopen(handle, "wb") as written_to:
            np.savez(written_to, allow_pickle=False, **arrays)
        Path(beside).replace(file)
    except BaseException:
        Path(beside).unlink()
        raise


def load(file: Path, state: str | None) -> Kept | None:
    """Return what is kept, if it is of a state of the records, by this code, and whole.

    The file may be replaced afterwards: what was opened goes on being read.

    Args:
        file: Where it is.
        state: Name of what the store holds; None if it cannot be told.
    """
    if state is None:
        return None
    try:
        handle = file.open("rb")
    except OSError:
        return None
    opened = _opened(handle, _name(state))
    if opened is None:
        handle.close()
        return None
    arrays, about = opened
    finalize(arrays, handle.close)
    snapshot = Snapshot.kept(
        date.fromisoformat(about["as_of"]),
        _Tables(arrays),
        _Columns(arrays, "employees"),
        _Columns(arrays, "positions"),
        arrays["days_in_function"],
    )
    return Kept(Prepared(snapshot, _Features(arrays)), about["fingerprints"], state)


def _opened(handle: IO[bytes], name: str) -> tuple[Any, dict[str, Any]] | None:
    """Return the arrays of a file and what it says of itself, if it is whole and of this name."""
    try:
        arrays = np.load(handle, allow_pickle=False)
        about = json.loads(arrays[ABOUT].tobytes())
        is_good = about["name"] == name and arrays.zip.testzip() is None
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
    return (arrays, about) if is_good else None


class _Members(Mapping[Any, Any]):
    """Members of a file, each read when it is asked for."""

    def __init__(self, arrays: Any, names: Iterable[Any]) -> None:
        self._arrays = arrays
        self._names = dict.fromkeys(names)

    def __getitem__(self, name: Any) -> Any:
        if name not in self._names:
            raise KeyError(name)
        return self._member(name)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[Any]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    @abstractmethod
    def _member(self, name: Any) -> Any:
        """Read a member."""


class _Remembered(_Members):
    """Members that are asked for again and again: each is read once."""

    def __init__(self, arrays: Any, names: Iterable[Any]) -> None:
        super().__init__(arrays, names)
        self._read: dict[Any, Any] = {}

    def __getitem__(self, name: Any) -> Any:
        if name not in self._read:
            self._read[name] = super().__getitem__(name)
        return self._read[name]


class _Columns(_Remembered):
    """Columns of employees or of positions, by name."""

    def __init__(self, arrays: Any, place: str) -> None:
        self._place = place
        inside = (name for name in arrays.files if name.startswith(f"{place}/"))
        super().__init__(
            arrays,
            (n.removeprefix(f"{place}/").removesuffix(CODES) for n in inside if TEXTS not in n),
        )

    def _member(self, name: str) -> Array:
        return _column(self._arrays, f"{self._place}/{name}")


class _Tables(_Remembered):
    """The tables by name; the first that is asked for brings pandas."""

    def __init__(self, arrays: Any) -> None:
        inside = (name for name in arrays.files if name.startswith("tables/"))
        super().__init__(arrays, (name.removeprefix("tables/") for name in inside))

    def _member(self, name: str) -> "pd.DataFrame":
        import pandas as pd

        return pd.read_feather(BytesIO(self._arrays[f"tables/{name}"].tobytes()))


class _Features(_Members):
    """Features of employees, of positions and of both, by grain and name; panels remember them."""

    def __init__(self, arrays: Any) -> None:
        kept = ((each.grain, each.name) for each in FEATURES.values())
        super().__init__(arrays, (key for key in kept if key[0] is not Grain.PAIR))

    def _member(self, name: tuple[Grain, str]) -> Array | Tally | None:
        grain, column = name
        if grain is not Grain.CROSS:
            return _column(self._arrays, f"{grain.value}/{column}")
        begin = _tally(column)
        names = [each for each in self._arrays.files if each.startswith(begin)]
        if not names:  # the records hold nothing of it
            return None
        return Tally.kept(**{each.removeprefix(begin): self._arrays[each] for each in names})


def _computed(prepared: Prepared) -> Iterator[tuple[tuple[Grain, str], Any]]:
    for each in FEATURES.values():
        if each.grain is not Grain.PAIR:
            yield (each.grain, each.name), prepared.column(each.grain, each.name)


def _tally(name: str) -> str:
    """Return what begins the names of a tally's arrays."""
    return f"{Grain.CROSS.value}/{name}."


def _parts(columns: Iterable[tuple[str, Array]]) -> dict[str, Array]:
    """Return arrays of numbers for columns; texts as codes, each text once."""
    made: dict[str, Array] = {}
    for name, column in columns:
        if column.dtype != object:
            made[name] = column
            continue
        place = {text: code for code, text in enumerate(dict.fromkeys(column.tolist()))}
        made[f"{name}{CODES}"] = np.array([place[text] for text in column.tolist()], np.int32)
        made[f"{name}{TEXTS}"] = _json(list(place))
    return made


def _column(arrays: Any, name: str) -> Array:
    if name in arrays:
        found: Array = arrays[name]
        return found
    texts = json.loads(arrays[f"{name}{TEXTS}"].tobytes())
    told: Array = np.array([*texts, None], dtype=object)[arrays[f"{name}{CODES}"]]
    return told


def _json(content: Any) -> Array:
    return np.frombuffer(json.dumps(content).encode(), np.uint8)


def _name(state: str) -> str:
    return f"{state} {_code()}"


@cache
def _code() -> str:
    """Return a name of what computes: this code and the libraries below it."""
    found = hashlib.sha256(" ".join(map(version, LIBRARIES)).encode())
    for package in ("features", "mutasi"):
        here = Path(str(files(package)))
        for file in sorted(here.rglob("*")):
            if file.suffix in {".py", ".toml"}:
                found.update(str(file.relative_to(here)).encode())
                found.update(file.read_bytes())
    return found.hexdigest()
