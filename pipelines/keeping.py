"""Keep what the service would work out at its start, so that it starts at once.

Run apart from the service, because it reads every record by pandas, whose memory a
process does not give back.
"""

import logging
from multiprocessing import get_context

from features import keeping, prepare
from mutasi.errors import StoreUnreadable
from mutasi.settings import Settings
from mutasi.store import personnel, session, states

LOG = logging.getLogger("mutasi.keeping")


def require_kept(settings: Settings) -> bool:
    """Make the file of the region anew unless it is of what the store holds, and say if it is.

    Without it the service reads the store itself: slower, and with more memory; while the
    store is away, whoever serves says so.
    """
    try:
        if is_kept(settings):
            return True
    except StoreUnreadable:
        LOG.warning("region not kept", extra={"fields": {"problem": StoreUnreadable.code}})
        return False
    maker = get_context("spawn").Process(target=keep, args=(settings,))
    maker.start()
    maker.join()
    if maker.exitcode != 0:
        LOG.warning("region not kept", extra={"fields": {"file": settings.kept_region.name}})
    return maker.exitcode == 0


def is_kept(settings: Settings) -> bool:
    """Return whether the file of the region is of what the store holds now."""
    store = session.engine(settings.database_url)
    with session.reading(store) as work:
        state = states.state(work)
    store.dispose()
    return keeping.load(settings.kept_region, state) is not None


def keep(settings: Settings) -> None:
    """Write the file of the region.

    Raises:
        RegionEmpty: If the store holds nothing.
        StoreUnreadable: If it cannot be reached.
        OSError: If the file cannot be written.
    """
    store = session.engine(settings.database_url)
    with session.reading(store) as work:
        state = states.state(work)
        snapshot = personnel.snapshot(work)
    store.dispose()
    if state is not None:
        keeping.keep(settings.kept_region, prepare(snapshot), state)
