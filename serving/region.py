"""What this process serves: a region's snapshot and its model, loaded once.

A region is opened when the service starts and never changes afterwards, so that
requests share it without locks.  New records or a new model are taken up by a
restart; ``/readyz`` says when there are any.
"""

import logging
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from time import monotonic, perf_counter

from features import Prepared, keeping, prepare
from features.keeping import Kept
from models import artifact
from models.aliases import champion_since, folder_of
from models.artifact import Artifact
from models.receipt import Grounds, grounds_of
from models.recommendation import Vacancy
from models.recommender import Recommender
from models.signing import PublicKey
from mutasi.errors import ArtifactCorrupt, MutasiError, Unavailable
from mutasi.fingerprint import fingerprints
from mutasi.i18n import LANGUAGES, keys
from mutasi.settings import Settings
from mutasi.store import personnel, session, states

PLACES = frozenset({"path", "store"})
"""Values of errors that say where this installation keeps things."""

LOOKS_AGAIN_SECONDS = 1.0
"""For how long a store that took writing is taken to do so: anybody may ask whether it does,
and each look writes a megabyte."""

LOG = logging.getLogger("mutasi.serving")


class Store:
    """The store of records, reached when it is asked; a failure may pass."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._took = -LOOKS_AGAIN_SECONDS

    @cached_property
    def engine(self) -> "session.Engine":
        """Connections to the store, made when they are first needed.

        Raises:
            StoreUnreadable: If the store cannot be reached.
        """
        return session.engine(self.url, pooled=True)

    def known_until(self) -> date:
        """Return the last day on which anything became known.

        Raises:
            StoreUnreadable: If the store cannot be reached.
            RegionEmpty: If it holds nothing.
        """
        with session.reading(self.engine) as work:
            return personnel.last_known_on(work)

    def require_writable(self) -> None:
        """Refuse a store that could keep nothing now, or a moment ago.

        Raises:
            StoreUnwritable: If it is away, may only be read, or its disk is full.
            StoreUnreadable: If the store cannot be reached.
        """
        if monotonic() < self._took + LOOKS_AGAIN_SECONDS:
            return
        session.require_writable(self.engine)
        self._took = monotonic()

    def state(self) -> str | None:
        """Return the name of what the records are now; None if the store cannot tell.

        Raises:
            StoreUnreadable: If the store cannot be reached.
        """
        with session.reading(self.engine) as work:
            return states.state(work)

    def known(self, file: Path) -> Kept:
        """Return what is known: as it was kept in a file, if the records are still those.

        Args:
            file: What jobs keep for the service.

        Raises:
            StoreUnreadable: If the store cannot be reached.
            RegionEmpty: If it holds nothing.
        """
        with session.reading(self.engine) as work:
            state = states.state(work)
            kept = keeping.load(file, state)
            if kept is not None:
                return kept
            snapshot = personnel.snapshot(work)
        return Kept(prepare(snapshot), fingerprints(snapshot), state)

    def close(self) -> None:
        """Give back the connections."""
        if "engine" in vars(self):
            self.engine.dispose()


@dataclass(frozen=True)
class Region:
    """A region that is open to questions, or why it is not.

    Attributes:
        store: Where the records are.
        recommender: Answers; None while there is nothing to answer from.
        vacancies: Open positions, those that miss most people first.
        grounds: What its answers follow from, for receipts.
        closed: Why there is no recommender.
        champion_since: When the model was made the one that serves.
        model_problem: Why rules and the transparent score answer without a model.
        state: Name of what the records were when they were read; None if it was not told.
    """

    store: Store
    recommender: Recommender | None = None
    vacancies: tuple[Vacancy, ...] = ()
    grounds: Grounds | None = None
    closed: MutasiError | None = None
    champion_since: datetime | None = None
    model_problem: MutasiError | None = None
    state: str | None = None

    def opened(self) -> Recommender:
        """Return what answers.

        Raises:
            MutasiError: Why nothing can be answered.
        """
        if self.recommender is None:
            assert self.closed is not None, "a region without recommender says why"
            raise type(self.closed)(**self.closed.params)
        return self.recommender


def open_region(settings: Settings) -> Region:
    """Load what is served; whatever is missing is said, not raised.

    Without a store or records the service still starts and says what it lacks.
    Without a model that can be used, the law and the transparent score remain.
    """
    started = perf_counter()
    for language in LANGUAGES:
        keys(language)
    region = _opened(settings)
    snapshot = region.recommender.snapshot if region.recommender else None
    LOG.info(
        "region opened",
        extra={
            "fields": {
                "ms": round(1000 * (perf_counter() - started)),
                "as_of": snapshot.as_of.isoformat() if snapshot else None,
                "employees": len(snapshot.employees["employee_id"]) if snapshot else 0,
                "vacancies": len(region.vacancies),
                "basis": basis(region),
                "closed": region.closed.code if region.closed else None,
            }
        },
    )
    if region.model_problem is not None:
        problem = region.model_problem
        LOG.warning("model not used", extra={"fields": {"problem": problem.code, **named(problem)}})
    return region


def basis(region: Region) -> str | None:
    """Return what ranks: ``model``, ``transparent_score``, or None while nothing does."""
    if region.recommender is None:
        return None
    model = region.recommender.artifact
    return "transparent_score" if model is None or model.performance is None else "model"


def named(problem: MutasiError) -> dict[str, str | int | float]:
    """Return an error's values as far as anybody may see them: of a path only its name."""
    return {
        name: value if isinstance(value, int | float) else _shown(name, value)
        for name, value in problem.params.items()
    }


def _shown(name: str, value: object) -> str:
    if name in PLACES:
        return str(value).rpartition("/")[2]
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _opened(settings: Settings) -> Region:
    store, since = Store(settings.database_url), champion_since(settings.models)
    try:
        known = store.known(settings.kept_region)
        recommender, problem = _recommender(known.prepared, settings)
    except MutasiError as closed:
        return Region(store, closed=closed)
    return Region(
        store,
        recommender,
        tuple(recommender.vacancies()),
        grounds_of(recommender, records=known.fingerprints),
        champion_since=since,
        model_problem=problem,
        state=known.state,
    )


def _recommender(prepared: Prepared, settings: Settings) -> tuple[Recommender, MutasiError | None]:
    """Return the recommender with its model, or without and why.

    Raises:
        RegionEmpty: If the snapshot holds no employees or no positions.
    """
    try:
        return Recommender(prepared.snapshot, _champion(settings), prepared), None
    except Unavailable as problem:
        return Recommender(prepared.snapshot, prepared=prepared), problem


def _champion(settings: Settings) -> Artifact:
    """Return the model that serves, if it is what was signed."""
    try:
        folder = folder_of(settings.models)
        return artifact.load(folder, PublicKey.load(settings.public_key_file))
    except (OSError, ValueError) as error:
        raise ArtifactCorrupt(path=settings.models, reason=type(error).__name__) from error
