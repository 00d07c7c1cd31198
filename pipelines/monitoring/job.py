"""The job: put a period beside what the champion learned from, and write what was found."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from features import FEATURES
from models import aliases, artifact
from models.artifact import Artifact
from models.examples import Progress
from models.signing import PublicKey
from mutasi.errors import RegionEmpty
from mutasi.private import make_folder
from mutasi.settings import Settings
from mutasi.snapshot import Snapshot
from mutasi.store import personnel, session
from pipelines import staleness
from pipelines.monitoring import drift, effects, outcomes, page, retention, verdict
from pipelines.monitoring.gathering import Gathered, Period, gathered, period_of
from pipelines.monitoring.schema import SMALLEST, Note, Report
from pipelines.staleness import Refusal

JSON_FILE = "monitoring.json"


@dataclass(frozen=True)
class Monitored:
    """What was written.

    Attributes:
        report: The figures.
        json: Where they are.
        page: The page for people.
    """

    report: Report
    json: Path
    page: Path


def monitor_store(
    settings: Settings,
    progress: Progress,
    *,
    since: date | None = None,
    until: date | None = None,
    out: Path | None = None,
    language: str = "id",
) -> Monitored:
    """Compare a period on the store with the champion's training; write JSON and a page.

    Args:
        settings: Where store and model are.
        progress: Told what is done.
        since: First day; by default that after training, but twelve months at least.
        until: Last day, whose knowledge is used; that of the records by default.
        out: Where to write; ``monitoring`` in the home by default.
        language: Of the page.

    Raises:
        RegionEmpty: If the store holds no employees or no positions.
        ArtifactMissing: If no model was ever put to service.
        ArtifactCorrupt: If the model's files are not what its manifest says.
        FeatureSchemaMismatch: If the model reads features that this code lacks.
        PeriodUnusable: If the period holds no day, or ends after the records.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        last = personnel.last_known_on(work)
        folder = aliases.folder_of(settings.models)
        model = artifact.load(folder, PublicKey.load(settings.public_key_file))
        learned = date.fromisoformat(model.manifest.as_of)
        period = period_of(learned, last, since, until)
        snapshot = personnel.snapshot(work, period.until)
    report = monitor(snapshot, model, period, progress)
    written_to = out or settings.home / "monitoring"
    make_folder(written_to)
    page_file = written_to / f"monitoring.{language}.html"
    written = Monitored(report, written_to / JSON_FILE, page_file)
    written.json.write_text(report.model_dump_json(indent=2) + "\n", encoding="utf-8")
    written.page.write_text(page.page(report, language), encoding="utf-8")
    return written


def monitor(snapshot: Snapshot, model: Artifact, period: Period, progress: Progress) -> Report:
    """Return a period beside training, and whether to learn anew.

    Args:
        snapshot: What is known on the last day of the period.
        model: The champion.
        period: The period.
        progress: Told what is done.

    Raises:
        RegionEmpty: If the snapshot holds no employees or no positions.
        FeatureSchemaMismatch: If the model reads features that this code lacks.
    """
    if snapshot.tables["employees"].empty or snapshot.tables["positions"].empty:
        raise RegionEmpty(as_of=snapshot.as_of)
    for head in model.heads.values():
        head.require(tuple(FEATURES))
    found = gathered(snapshot, model, period, lambda done, total: progress("past", done, total))
    report = compared(snapshot, model, found)
    progress("figures", 1, 1)
    return report


def compared(snapshot: Snapshot, model: Artifact, found: Gathered) -> Report:
    """Return what a period holds beside training, and whether to learn anew.

    Args:
        snapshot: What is known on the last day of the period.
        model: The champion.
        found: What the period holds.
    """
    refusals = staleness.refusals(snapshot)
    has_outcomes = not refusals
    shifts = drift.shifts(model, found, snapshot)
    rates = drift.rates(model, found, has_outcomes=has_outcomes)
    chances = outcomes.chances(model, found)
    ratings = outcomes.ratings(model, found, snapshot) if has_outcomes else ()
    courses = outcomes.courses(model, found, snapshot, has_outcomes=has_outcomes)
    reasons = verdict.reasons(
        model,
        found,
        shifts=shifts,
        rates=rates,
        chances=chances,
        ratings=ratings,
        courses=courses,
    )
    return Report(
        region=model.manifest.region,
        model=model.manifest.version,
        model_as_of=model.manifest.as_of,
        since=found.period.since.isoformat(),
        until=found.period.until.isoformat(),
        retrain=verdict.retrain(reasons),
        reasons=reasons,
        shifts=shifts,
        rates=rates,
        chances=chances,
        ratings=ratings,
        courses=courses,
        stayed=retention.stayed(snapshot, found.period) if has_outcomes else (),
        after=effects.after(model, found, snapshot) if has_outcomes else (),
        refusals=refusals,
        notes=notes(model, found, refusals),
    )


def notes(model: Artifact, found: Gathered, refusals: tuple[Refusal, ...]) -> tuple[Note, ...]:
    """Return what could not be compared, and what the figures do not say."""
    said = [
        Note(code="not_learned", facts={"head": name})
        for name in ("acceptance", "performance")
        if name not in model.heads
    ]
    acceptance = model.acceptance
    if acceptance is not None and acceptance.facts.inferred:
        inferred = float(acceptance.facts.inferred)
        said.append(Note(code="inferred", facts={"count": inferred}))
    counts = {
        "few_offers": len(found.offers),
        "few_moves": len(found.moves),
        "few_answers": len(found.answers),
        "few_ratings": len(found.moved["first"].moves),
    }
    said += [
        Note(code=code, facts={"count": float(count), "needed": float(SMALLEST)})
        for code, count in counts.items()
        if count < SMALLEST
    ]
    if found.period.until <= found.period.learned:
        said.append(Note(code="before_training", facts={"learned": str(found.period.learned)}))
    elif found.period.since <= found.period.learned:
        said.append(Note(code="overlaps_training", facts={"learned": str(found.period.learned)}))
    if refusals:
        said.append(Note(code="mend_first", facts={}))
    return tuple(said)
