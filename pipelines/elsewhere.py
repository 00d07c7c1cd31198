"""Other regions that teach beside one's own: their stores, as the settings name them."""

from datetime import date

from models.examples import NAMES, Lessons, Progress, past_lessons
from mutasi.settings import Settings
from mutasi.store import personnel, session


def others_of(
    settings: Settings,
    progress: Progress | None = None,
    names: tuple[str, ...] = NAMES,
    as_of: date | None = None,
) -> tuple[Lessons, ...]:
    """Return what the pasts of the regions beside one's own teach; mostly there are none.

    Args:
        settings: Name the homes of the other regions.
        progress: Told what is done.
        names: The features wanted.
        as_of: Last day whose knowledge is used; all without.

    Raises:
        RegionEmpty: If a store holds no records.
    """
    found = []
    for home in settings.beside:
        with session.reading(
            session.engine(Settings(home=home, database=None).database_url)
        ) as work:
            snapshot = personnel.snapshot(work)
        known = snapshot.rewound(min(as_of, snapshot.as_of)) if as_of else snapshot
        found.append(past_lessons(known, progress, names))
    return tuple(found)
