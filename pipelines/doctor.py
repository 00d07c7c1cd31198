"""The job of looking whether an installation is fit to serve; it changes nothing."""

import json
import shutil
import socket
import sqlite3
import sys
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from enum import StrEnum
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from models import aliases, artifact
from models.signing import PublicKey
from mutasi import clock
from mutasi.errors import MutasiError, RegionEmpty, StoreUnreadable
from mutasi.settings import Settings
from mutasi.store import personnel, session, trail
from mutasi.workflow.deadlines import latest_day

NEWEST_TRIED: Final = (3, 13)
LEAST_FREE: Final = 200_000_000
ENOUGH_FREE: Final = 2_000_000_000
"""Bytes: below the first an import can fail, below the second it may soon."""

MOST_APART: Final = 30
"""Seconds by which two clocks may differ: what tokens allow."""

PATIENCE: Final = 3.0
BY_OTHERS: Final = 0o077
"""What others than the owner may do with a file, of its mode."""

CHANGED_BY_OTHERS: Final = 0o022


class Health(StrEnum):
    """How something is."""

    GOOD = "good"
    POOR = "poor"
    """It works, and something should be done."""

    BAD = "bad"
    """It does not work, or not safely."""


@dataclass(frozen=True)
class Finding:
    """What was found of one thing.

    Attributes:
        what: Of what.
        health: How it is.
        said: What is said of it, ``doctor.…`` or ``error.…`` in the catalogue.
        params: The values that it is said with.
    """

    what: str
    health: Health
    said: str
    params: dict[str, object] = field(default_factory=dict)


def examine(settings: Settings, host: str, port: int) -> list[Finding]:
    """Return what was found, in the order in which things need each other.

    Args:
        settings: Of this installation.
        host: Where the service listens, or would.
        port: The port.
    """
    return [
        _python(sys.version_info[:2]),
        *_store(settings),
        _model(settings),
        *_keys(settings),
        _disk(settings.home),
        _port(host, port),
        _tracking(settings.tracking_uri),
    ]


def _python(version: tuple[int, int]) -> Finding:
    shown = ".".join(map(str, version))
    if version > NEWEST_TRIED:
        newest = ".".join(map(str, NEWEST_TRIED))
        return Finding("python", Health.POOR, "doctor.python_newer", {"v": shown, "newest": newest})
    return Finding("python", Health.GOOD, "doctor.python", {"v": shown})


def _store(settings: Settings) -> Iterator[Finding]:
    """Yield what is found of the store, of who can reach it, of its records and of its clock."""
    try:
        made = session.opened(settings.database_url)
        revision, shown = session.revision(made), session.shown(made)
    except MutasiError as problem:
        yield _error("store", problem)
        return
    yield from _reachable("store", session.files(made), BY_OTHERS, "doctor.store_open")
    told: dict[str, object] = {"store": shown, "revision": revision, "latest": session.LATEST}
    try:
        if revision is None:
            yield Finding("store", Health.BAD, "doctor.store_missing", told)
        elif revision != session.LATEST:
            known = session.is_known(revision)
            health = Health.POOR if known else Health.BAD
            yield Finding("store", health, f"doctor.store_{'older' if known else 'newer'}", told)
        else:
            yield Finding("store", Health.GOOD, "doctor.store", told)
            with session.reading(made) as work:
                yield _records(work, clock.now())
                yield _clocks(work, clock.now())
    except StoreUnreadable as problem:
        yield _error("store", problem)
    finally:
        made.dispose()


def _records(work: session.Work, now: int) -> Finding:
    """Tell until when records are known: a day that has not come is no day to judge by."""
    try:
        as_of = personnel.last_known_on(work)
    except RegionEmpty as problem:
        return _error("records", problem)
    today = latest_day(now)
    if as_of > today:
        told: dict[str, object] = {"as_of": as_of, "today": today}
        return Finding("records", Health.POOR, "doctor.records_ahead", told)
    return Finding("records", Health.GOOD, "doctor.records", {"as_of": as_of})


def _clocks(work: session.Work, here: int) -> Finding:
    """Compare this machine's clock with the database's, and with what was done last."""
    end = trail.head(work)
    last = max((entry["at"] for entry in trail.entries(work, end.number - 1)), default=0)
    apart = abs(here - end.at)
    if apart > MOST_APART:
        return Finding("clock", Health.BAD, "doctor.clock_apart", {"seconds": apart})
    if here + MOST_APART < last:
        return Finding("clock", Health.BAD, "doctor.clock_back", {"seconds": last - here})
    return Finding("clock", Health.GOOD, "doctor.clock", {"seconds": apart})


def _model(settings: Settings) -> Finding:
    try:
        version = aliases.version_of(settings.models)
        if version is None:
            return Finding("model", Health.POOR, "doctor.model_none")
        key = PublicKey.load(settings.public_key_file)
        artifact.load(aliases.folder_of(settings.models), key)
    except MutasiError as problem:
        return _error("model", problem)
    return Finding("model", Health.GOOD, "doctor.model", {"version": version})


def _keys(settings: Settings) -> Iterator[Finding]:
    """Yield every key that others may read or replace; one finding if there is none."""
    tokens = settings.token_keys.glob("*.pem")
    secret = [settings.private_key_file, settings.webhook_key, *tokens]
    too_open = [
        *_reachable("keys", secret, BY_OTHERS, "doctor.key_open"),
        *_reachable("keys", [settings.public_key_file], CHANGED_BY_OTHERS, "doctor.key_changeable"),
    ]
    yield from too_open
    if not too_open:
        yield Finding("keys", Health.GOOD, "doctor.keys")


def _reachable(what: str, files: Iterable[Path], mode: int, said: str) -> Iterator[Finding]:
    for file in sorted(files):
        if file.exists() and file.stat().st_mode & mode:
            told = {"path": str(file), "mode": f"{file.stat().st_mode & 0o777:o}"}
            yield Finding(what, Health.BAD, said, dict(told))


def _disk(home: Path) -> Finding:
    there = next(folder for folder in (home.resolve(), *home.resolve().parents) if folder.exists())
    free = shutil.disk_usage(there).free
    health = Health.BAD if free < LEAST_FREE else Health.GOOD
    if LEAST_FREE <= free < ENOUGH_FREE:
        health = Health.POOR
    said = "doctor.disk" if health is Health.GOOD else "doctor.disk_little"
    return Finding("disk", health, said, {"megabytes": free // 1_000_000})


def _port(host: str, port: int) -> Finding:
    """Tell whether the port is free, or who answers there."""
    told: dict[str, object] = {"host": host, "port": port}
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )[0]
        with socket.socket(family, kind, protocol) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
    except OSError:
        status, said = _answer(f"http://{host}:{port}/readyz")
        if said.get("status") == "ready":
            return Finding("service", Health.GOOD, "doctor.service_ready", told)
        if said.get("status") == "not_ready":
            return Finding("service", Health.BAD, "doctor.service_not_ready", told)
        return Finding("service", Health.BAD, "doctor.port_taken", {**told, "status": status})
    return Finding("service", Health.GOOD, "doctor.port_free", told)


def _tracking(uri: str) -> Finding:
    """Tell whether MLflow's records can be reached; serving does without."""
    if uri.startswith(("http://", "https://")):
        status, _ = _answer(f"{uri.rstrip('/')}/health")
        health, said = (
            (Health.GOOD, "doctor.tracking")
            if status == 200
            else (Health.POOR, "doctor.tracking_away")
        )
        return Finding("mlflow", health, said, {"host": urlsplit(uri).hostname})
    file = Path(uri.partition(":///")[2])
    if not file.exists():
        return Finding("mlflow", Health.GOOD, "doctor.tracking_none", {"path": str(file)})
    health, said = (
        (Health.GOOD, "doctor.tracking_file")
        if _is_whole(file)
        else (Health.POOR, "doctor.tracking_damaged")
    )
    return Finding("mlflow", health, said, {"path": str(file)})


def _is_whole(file: Path) -> bool:
    """Return whether a file is an SQLite database without damage, never changing it."""
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as database:
            return bool(database.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.Error:
        return False


def _answer(url: str) -> tuple[int, dict[str, object]]:
    """Return status and content of an answer; 0 and nothing without one."""
    place = urlsplit(url)
    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    connection = kind(place.hostname or "", place.port, timeout=PATIENCE)
    try:
        connection.request("GET", place.path)
        answer = connection.getresponse()
        status, content = answer.status, answer.read()
    except (OSError, HTTPException):
        return 0, {}
    finally:
        connection.close()
    try:
        said = json.loads(content)
    except ValueError:
        return status, {}
    return status, said if isinstance(said, dict) else {}


def _error(what: str, problem: MutasiError) -> Finding:
    return Finding(what, Health.BAD, f"error.{problem.code}", dict(problem.params))
