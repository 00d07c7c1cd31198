"""A home of its own to try the interface on: an invented region, nobody real."""

from pathlib import Path

from mutasi.settings import STORE, Settings
from mutasi.simulation import SimulationConfig, simulate
from mutasi.store import personnel, session

REGION = SimulationConfig(employees=600, years=6, seed=7)
"""Large enough that vacancies have candidates, small enough to be invented in seconds."""


def sandbox(settings: Settings) -> Settings:
    """Return the settings of a sandbox below the home, inventing its region the first time.

    It has its own store, keys and accounts, whatever the installation's: nothing that is
    done in it reaches real records.

    Args:
        settings: Of the installation.
    """
    home = settings.home / "sandbox"
    own = settings.model_copy(
        update={"home": home, "database": None, "public_key": None, "signing_key": None}
    )
    if not (home / STORE).exists():
        _invent(home)
    return own


def _invent(home: Path) -> None:
    """Invent the region, whole or not at all."""
    beside = f"sqlite:///{home / STORE}.part"
    Path(f"{home / STORE}.part").unlink(missing_ok=True)
    store = session.engine(beside)
    with session.unit_of_work(store) as work:
        personnel.save(work, simulate(REGION).frames)
    store.dispose()
    Path(f"{home / STORE}.part").replace(home / STORE)
