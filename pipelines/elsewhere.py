"""Other regions that teach beside one's own: their stores, as the settings name them."""

from datetime import date

from models.examples import NAMES, Lessons, Progress, past_lessons
from mutasi.errors import RegionBesideMissing, RegionBesideRepeated
from mutasi.settings import STORE, Settings
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
        RegionBesideRepeated: If a home is one's own, or is named twice.
        RegionBesideMissing: If a home has no store; none is made.
        RegionEmpty: If a store holds no records.
    """
    found = []
    seen = {settings.home.resolve()}
    for home in settings.beside:
        if home.resolve() in seen:
            raise RegionBesideRepeated(home=home)
        seen.add(home.resolve())
        other = Settings(home=home, database=None)
        if not (home / STORE).is_file():
            raise RegionBesideMissing(home=home)
        with session.reading(session.engine(other.database_url)) as work:
            snapshot = personnel.snapshot(work)
        known = snapshot.rewound(min(as_of, snapshot.as_of)) if as_of else snapshot
        found.append(past_lessons(known, progress, names))
    return tuple(found)
