"""Open the recommender of a region: its store and its model."""

from models import artifact
from models.recommender import Recommender
from mutasi.errors import ArtifactMissing
from mutasi.settings import Settings
from mutasi.store import personnel, session


def recommender(settings: Settings) -> Recommender:
    """Return the recommender for what is known today and the model that serves.

    Without a model the law and the transparent score remain, and the answer
    says so; a corrupt model is an error here, for somebody sits before it.

    Raises:
        RegionEmpty: If the store holds no employees or no positions.
        ArtifactCorrupt: If the model's files are not what its manifest says.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        snapshot = personnel.snapshot(work)
    try:
        model = artifact.load(artifact.current(settings.models))
    except ArtifactMissing:
        model = None
    return Recommender(snapshot, model)
