"""The job: judge the records of a store, and write page, figures and the rows to mend."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models import aliases, artifact
from models.artifact import Artifact
from models.examples import Progress
from models.signing import PublicKey
from mutasi.errors import ArtifactMissing, RegionEmpty
from mutasi.private import make_folder
from mutasi.quality import Dimension
from mutasi.settings import Settings
from mutasi.snapshot import Snapshot
from mutasi.store import personnel, session
from pipelines.quality import cost, mending, page
from pipelines.quality.schema import CheckFigures, Cost, Note, Report
from pipelines.quality.tally import Examination

JSON_FILE = "quality.json"


@dataclass(frozen=True)
class Judged:
    """What was written.

    Attributes:
        report: The figures.
        json: Where they are.
        page: The page for people.
        workbook: The rows to mend.
    """

    report: Report
    json: Path
    page: Path
    workbook: Path


def judge_store(
    settings: Settings,
    progress: Progress,
    *,
    out: Path | None = None,
    as_of: date | None = None,
    language: str = "id",
) -> Judged:
    """Judge the records of the store; write JSON, one HTML page and one workbook.

    Args:
        settings: Where store and model are.
        progress: Told what is done.
        out: Where to write; ``quality`` in the home by default.
        as_of: The day whose knowledge is judged; the last one by default.
        language: Of page and workbook.

    Raises:
        RegionEmpty: If nobody or no position was on record on the day.
        ArtifactCorrupt: If the model's files are not what its manifest says.
        FeatureSchemaMismatch: If the model reads features that this code lacks.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        snapshot = personnel.snapshot(work, as_of)
    examination = examined(snapshot, progress)
    report = judged(examination, _model(settings), progress)
    folder = out or settings.home / "quality"
    make_folder(folder)
    written = Judged(
        report,
        folder / JSON_FILE,
        folder / f"quality.{language}.html",
        folder / f"quality.{language}.xlsx",
    )
    written.json.write_text(report.model_dump_json(indent=2) + "\n", encoding="utf-8")
    written.page.write_text(page.page(report, language), encoding="utf-8")
    faults = mending.faults(examination, language)
    mending.save(written.workbook, faults, report.checks, language)
    return written


def examined(snapshot: Snapshot, progress: Progress) -> Examination:
    """Put every check to the records of a snapshot.

    Raises:
        RegionEmpty: If nobody or no position is on record.
    """
    if snapshot.tables["employees"].empty or snapshot.tables["positions"].empty:
        raise RegionEmpty(as_of=snapshot.as_of)
    examination = Examination.of(snapshot)
    progress("quality", len(examination.checks), len(examination.checks))
    return examination


def judged(examination: Examination, model: Artifact | None, progress: Progress) -> Report:
    """Return the figures of what the checks found, and what the gaps cost.

    Args:
        examination: What the checks found.
        model: The model that predicts; None leaves the costs out.
        progress: Told after each kind of record.
    """
    records = examination.records
    found = None if model is None else cost.cost(records, model, progress)
    return Report(
        as_of=records.snapshot.as_of.isoformat(),
        region=", ".join(sorted(set(records.texts("employees", "region").tolist()))),
        employees=len(records.serves),
        serving=int(records.serves.sum()),
        units=len(records.table("units")),
        positions=len(records.table("positions")),
        people_with_gap=int(examination.with_gap.sum()),
        people_at_risk=int(examination.at_risk.sum()),
        faulty=examination.severities(),
        dimensions=examination.dimensions(),
        checks=examination.checked(),
        fields=examination.fields(),
        filled=examination.filled(),
        offices=tuple(examination.offices()),
        unit_figures=tuple(examination.units()),
        cost=found,
        notes=notes(examination, found, has_model=model is not None),
    )


def notes(examination: Examination, found: Cost | None, *, has_model: bool) -> tuple[Note, ...]:
    """Return what could not be found out."""
    said = []
    if not has_model:
        said.append(Note(code="no_model", facts={}))
    elif found is None:
        said.append(Note(code="no_vacancies", facts={}))
    elif found.drawn == "recent":
        said.append(Note(code="recent_vacancies", facts={"count": found.vacancies}))
    if not examination.records.serves.any():
        said.append(Note(code="nobody_serves", facts={}))
    tables = examination.records.snapshot.tables
    empty = sorted({each.of for each in examination.checks if tables[each.of].empty})
    if empty:
        said.append(Note(code="empty_tables", facts={"tables": ", ".join(empty)}))
    lacking = sorted({f"{each.table}.{each.field}" for each in _never_filled(examination)})
    if lacking:
        said.append(Note(code="never_filled", facts={"fields": ", ".join(lacking)}))
    return tuple(said)


def _never_filled(examination: Examination) -> list[CheckFigures]:
    """Return the gaps that every row has: the source does not hold the field at all."""
    return [
        each
        for each in examination.checked()
        if each.dimension is Dimension.COMPLETENESS and each.asked and each.faulty == each.asked
    ]


def _model(settings: Settings) -> Artifact | None:
    """Return the model that serves; None where none was trained."""
    try:
        folder = aliases.folder_of(settings.models)
        return artifact.load(folder, PublicKey.load(settings.public_key_file))
    except ArtifactMissing:
        return None
