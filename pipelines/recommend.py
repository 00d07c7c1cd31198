"""Open the recommender of a region: its store and its model."""

from dataclasses import dataclass
from datetime import date

from models import aliases, artifact
from models.recommender import Recommender
from models.signing import PublicKey
from mutasi.errors import MutasiError, Unavailable
from mutasi.settings import Settings
from mutasi.store import personnel, session


@dataclass(frozen=True)
class Opened:
    """What answers.

    Attributes:
        recommender: With the champion, or with the law and the transparent score alone.
        problem: Why the champion is not used; None where it is, or there is none.
    """

    recommender: Recommender
    problem: MutasiError | None = None


def opened(settings: Settings, as_of: date | None = None) -> Opened:
    """Return what answers, from what is known and the model that serves.

    Without a model, or with one that nobody vouches for, the law and the transparent
    score remain, and the answer says so.

    Raises:
        RegionEmpty: If the store holds no employees or no positions.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        snapshot = personnel.snapshot(work, as_of)
    try:
        if aliases.version_of(settings.models) is None:
            return Opened(Recommender(snapshot))
        folder = aliases.folder_of(settings.models)
        model = artifact.load(folder, PublicKey.load(settings.public_key_file))
        return Opened(Recommender(snapshot, model))
    except Unavailable as problem:
        return Opened(Recommender(snapshot), problem)
