"""A region on a data scientist's bench: retrain and compare in five lines.

>>> from pipelines.workbench import load_region
>>> region = load_region("records", home="artifacts")      # doctest: +SKIP
>>> trained = region.train()                               # doctest: +SKIP
>>> evaluated = region.report()                            # doctest: +SKIP
>>> judgement = region.compare()                           # doctest: +SKIP
>>> decision = region.promote()                            # doctest: +SKIP

The same jobs as on the command line, so what a notebook finds is what serves.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from models.examples import Lessons, Progress, past_lessons
from models.recommender import Recommender
from mutasi import clock
from mutasi.settings import Settings
from mutasi.snapshot import Snapshot
from mutasi.store import personnel, session
from mutasi.workflow.deadlines import latest_day
from pipelines.evaluation.job import YEARS, Evaluated, evaluate_store
from pipelines.ingest import ingest, reader_of
from pipelines.promotion.job import Turned, compare, promote, rollback
from pipelines.promotion.schema import Decision, Judgement
from pipelines.recommend import opened
from pipelines.train import Trained, train_and_register


def silent(_: str, __: int, ___: int) -> None:
    """Take no notice of progress."""


@dataclass(frozen=True)
class Region:
    """A region's store, its models, and what can be done with them.

    Attributes:
        settings: Where they are.
        progress: Told of long work.
    """

    settings: Settings
    progress: Progress = silent

    @cached_property
    def snapshot(self) -> Snapshot:
        """What is known of the region, as the store had it when this was first asked."""
        with session.reading(session.engine(self.settings.database_url)) as work:
            return personnel.snapshot(work)

    @cached_property
    def lessons(self) -> Lessons:
        """What its past teaches, with the features of each eve."""
        return past_lessons(self.snapshot, self.progress)

    def train(self) -> Trained:
        """Learn, and make the model the challenger.

        Raises:
            TooFewTransfers: If there are too few past moves and offers to learn from.
        """
        return train_and_register(self.settings, self.progress)

    def report(self, years: int = YEARS, language: str = "id") -> Evaluated:
        """Test predictions of past years, each made from what was known before it."""
        return evaluate_store(self.settings, self.progress, years=years, language=language)

    def compare(self) -> Judgement:
        """Judge the challenger beside the champion and the baselines; change nothing."""
        return compare(self.settings, self.progress)

    def promote(self, despite: Sequence[str] = (), reason: str | None = None) -> Decision:
        """Put the challenger to service if its gates hold."""
        return promote(self.settings, self.progress, despite=despite, reason=reason)

    def rollback(self) -> Turned:
        """Put the model before back to service."""
        return rollback(self.settings)

    def recommender(self) -> Recommender:
        """Return what answers: the law, and the champion if there is one."""
        return opened(self.settings).recommender


def load_region(
    records: Path | str | None = None,
    *,
    as_of: date | None = None,
    home: Path | str = "artifacts",
    beside: Sequence[Path | str] = (),
    progress: Progress = silent,
    language: str = "id",
) -> Region:
    """Return a region from its store, after taking in records if there are any.

    Args:
        records: Folder with a bundle (docs/bundle.md); none leaves the store as it is.
        as_of: The day of the records, which those of an invented region may need: no record
            is known later. Today by default.
        home: Folder of store, models and runs.
        beside: Homes of other regions that teach too; the region's own past decides
            whether they help.
        progress: Told of long work.
        language: Of the reasons in the list of what was wrong with records.

    Raises:
        BundleFileMissing: If the folder holds no bundle.
    """
    settings = Settings(home=Path(home), beside=tuple(map(Path, beside)))
    if records is not None:
        read = reader_of("bundle", latest_day(clock.now()), as_of=as_of)
        ingest(settings, Path(records), read, progress, language=language)
    return Region(settings, progress)
