"""A server of PostgreSQL for the tests: started when first asked for, gone at the end.

It refuses to run as root, so where the tests do, it runs as somebody else.  It listens
on a socket in a folder of its own and nowhere else, and forgets at a loss of power.
"""

import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from tempfile import mkdtemp

import psycopg

from mutasi.store import session

OLDEST = 15
PACKAGED = Path("/usr/lib/postgresql")
"""Where Debian puts each version, and not on the path."""

OWNERS = ("postgres", "nobody")
ROOM = 4 * 2**30
"""Bytes that all databases of a run have room in."""

TEMPLATE = "empty_store"
ALONE = "listen_addresses=''"
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", ALONE)
DURABLE = (ALONE,)
"""What is committed is written: as servers run that hold something."""


def programs() -> Path | None:
    """Return the folder of the newest PostgreSQL that is new enough; None without one."""
    folders = [folder / "bin" for folder in PACKAGED.glob("*") if folder.name.isdecimal()]
    folders.sort(key=lambda folder: int(folder.parent.name))
    found = shutil.which("initdb")
    if found is not None:
        folders.append(Path(found).resolve().parent)
    fit = [folder for folder in folders if (folder / "initdb").exists() and _version(folder)]
    return fit[-1] if fit else None


def _version(folder: Path) -> bool:
    said = subprocess.run(
        [folder / "postgres", "--version"], check=True, capture_output=True, text=True
    ).stdout
    return int(said.split()[2].split(".")[0]) >= OLDEST


@dataclass
class Server:
    """A server that runs.

    Attributes:
        programs: Folder of its programs.
        folder: Of its socket and its data.
        owner: Who runs it; None if it is who runs the tests.
        options: How it runs.
    """

    programs: Path
    folder: Path
    owner: str | None = None
    options: tuple[str, ...] = QUICK
    numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str) -> str:
        """Return where a database is."""
        return f"postgresql://mutasi@/{database}?host={self.folder}"

    def database(self) -> str:
        """Return where a new database is, with the tables of a store and no records."""
        name = f"store_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return self.url(name)

    def hang_up(self) -> None:
        """End every connection to every database, as a restart would."""
        self.run(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )

    @contextmanager
    def away(self) -> Iterator[None]:
        """Have no server meanwhile; then it is back."""
        self.control("stop", "--mode=fast")
        try:
            yield
        finally:
            self.begin()

    def kill(self) -> None:
        """End the server and all of its processes at once, as no shutdown does."""
        first = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        all_of_it = [first, *_children(first)]
        for process in all_of_it:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        while any(Path(f"/proc/{process}").exists() for process in all_of_it):
            os.sched_yield()

    def begin(self) -> None:
        """Start the server, and wait until it answers."""
        options = (*self.options, f"unix_socket_directories={self.folder}")
        words = " ".join(f"-c {option}" for option in options)
        self.control("start", "--wait", "-o", words, "-l", self.folder / "log")

    def control(self, *words: str | Path) -> None:
        """Run the program that starts and stops the server."""
        self.start("pg_ctl", *words)

    def start(self, program: str, *words: str | Path) -> None:
        """Run a program about the server's data."""
        command = [self.programs / program, "-D", self.folder / "data", *words]
        with (self.folder / "said").open("a") as said:
            subprocess.run(
                command, check=True, user=self.owner, cwd=self.folder, stdout=said, stderr=said
            )

    def run(self, statement: str) -> None:
        """Run a statement about databases."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


@contextmanager
def running(programs: Path, options: tuple[str, ...] = QUICK) -> Iterator[Server]:
    """Yield a server with a template of an empty store; it ends with its folder.

    Its language has an order of letters that is not Python's, as most have.
    """
    folder = Path(mkdtemp(prefix="mutasi-", dir=_memory()))
    owner = _owner()
    if owner is not None:
        shutil.chown(folder, owner)

    server = Server(programs, folder, owner, options)
    words = ("--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=id")
    server.start("initdb", "-U", "mutasi", "-A", "trust", "--no-sync", *words)
    server.begin()
    try:
        server.run(f"CREATE DATABASE {TEMPLATE}")
        session.engine(server.url(TEMPLATE)).dispose()
        yield server
    finally:
        server.control("stop", "--mode=immediate")
        shutil.rmtree(folder)


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="ascii")
    return [int(child) for child in told.split()]


def _memory() -> Path | None:
    """Return a folder in memory, where databases are made six times as fast; None without room."""
    folder = Path("/dev/shm")  # noqa: S108 -- what is made there has a name of its own
    return folder if folder.is_dir() and shutil.disk_usage(folder).free > ROOM else None


def _owner() -> str | None:
    """Return who may run the server; None if it is who runs the tests."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in OWNERS if name in known)
