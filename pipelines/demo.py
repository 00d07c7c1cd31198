"""The main job on a simulated region, as the commands a user would type."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from mutasi.private import OWNER_ONLY_FOLDER, make_folder
from mutasi.settings import Settings
from mutasi.simulation import SimulationConfig
from pipelines.recommend import opened

EMPLOYEES, YEARS, SEED = "6000", "10", "7"


def emptied(home: Path) -> Path:
    """Return the demo's own home below a home, empty."""
    folder = home / "demo"
    shutil.rmtree(folder, ignore_errors=True)
    make_folder(home)
    folder.mkdir(OWNER_ONLY_FOLDER)
    return folder


def commands(home: Path, language: str, port: int, *, serve: bool) -> Iterator[tuple[str, ...]]:
    """Yield the commands of the demo; each is run before the next is asked for.

    Args:
        home: The demo's home, empty.
        language: Of what is printed.
        port: Port to serve on.
        serve: Whether to serve at the end.
    """
    region, truth = str(home / "region"), str(home / "truth")
    here = ("--home", str(home))
    words = ("--lang", language)
    yield (
        *("simulate", "--employees", EMPLOYEES, "--years", YEARS, "--seed", SEED),
        *("--out", region, "--truth", truth),
    )
    yield (*here, "import", region, "--as-of", SimulationConfig().last_day.isoformat())
    yield (*here, "train", *words)
    yield (*here, "promote", *words)
    yield (*here, "evaluate", "--truth", truth, *words)
    ready = opened(Settings(home=home)).recommender
    vacancy = ready.vacancies()[0].position_id
    yield (*here, "recommend", "--vacancy", vacancy, "--limit", "5", *words)
    person = ready.candidates(vacancy, limit=1, explain=False).recommended[0].employee_id
    yield (*here, "recommend", "--employee", person, "--limit", "2", *words)
    if serve:
        yield (*here, "serve", "--port", str(port))
