"""The job: back-test everything that the store allows, and say what it does not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from features.frames import moves_in_effect
from features.outcomes import is_recorded
from models import aliases, artifact
from models.examples import Lessons, Progress, merged
from models.fairness import SUPPRESSION_THRESHOLD
from models.signing import PublicKey
from mutasi.errors import RegionEmpty
from mutasi.private import make_folder
from mutasi.settings import Settings
from mutasi.simulation import Truth
from mutasi.snapshot import Snapshot
from mutasi.store import personnel, session
from mutasi.vocabulary import Answer
from pipelines import staleness
from pipelines.elsewhere import others_of
from pipelines.evaluation import against_truth, card, earlier, fairness, figures, lists, page
from pipelines.evaluation.backtest import (
    QUESTIONS,
    WIDE,
    Scored,
    backtest,
    examples_of,
    wide_lessons,
)
from pipelines.evaluation.headlines import changed, headlines
from pipelines.evaluation.lights import lights
from pipelines.evaluation.pools import Heads, Pools, pools
from pipelines.evaluation.schema import Gap, Report
from pipelines.evaluation.schema_model import Served, ServedHead
from pipelines.evaluation.slices import sliced
from pipelines.evaluation.worth import worth

YEARS = 5
"""How many of the latest years are tested."""


@dataclass(frozen=True)
class Evaluated:
    """What was written.

    Attributes:
        report: The figures.
        json: Where they are.
        page: The page for people.
    """

    report: Report
    json: Path
    page: Path

    @property
    def card(self) -> Path:
        """The model card, beside the same as JSON."""
        return self.json.with_name("model-card.md")


def evaluate_store(
    settings: Settings,
    progress: Progress,
    *,
    truth: Path | None = None,
    since: Path | None = None,
    out: Path | None = None,
    years: int = YEARS,
    language: str = "id",
) -> Evaluated:
    """Back-test on the store, and write the report as JSON, as a page and as a model card.

    Args:
        settings: Where the store is, and the models.
        progress: Told what is done.
        truth: Folder of the truth about an invented region.
        since: An earlier report to compare with; by default the latest in the folder
            that knew less.
        out: Where to write; ``evaluation`` in the home by default.
        years: How many of the latest years to test.
        language: Of the page and the card.

    Raises:
        RegionEmpty: If the store holds no employees or no positions.
        TruthUnreadable: If the truth cannot be read.
        TruthMismatch: If the truth is about another region.
        ReportUnreadable: If the earlier report cannot be read.
        ReportMismatch: If the earlier report is about another region.
        ArtifactCorrupt: If the model in service is damaged.
    """
    with session.reading(session.engine(settings.database_url)) as work:
        snapshot = personnel.snapshot(work)
    known = None if truth is None else against_truth.opened(truth, snapshot)
    folder = out or settings.home / "evaluation"
    unread = 0
    if since is not None:
        before: Report | None = earlier.read(since, region_of(snapshot))
    else:
        before, unread = earlier.latest_before(folder, snapshot.as_of, region_of(snapshot))
    report = evaluate(
        snapshot,
        progress,
        truth=known,
        years=years,
        model=served(settings),
        before=before,
        others=others_of(settings, progress, WIDE, snapshot.as_of),
    )
    if unread:
        gap = Gap(code="earlier_unread", facts={"count": unread})
        report = report.model_copy(update={"gaps": (*report.gaps, gap)})
    return written_report(report, folder, language)


def written_report(report: Report, folder: Path, language: str) -> Evaluated:
    """Write a report; its JSON also under its day, so that the next one finds it."""
    found = Evaluated(report, folder / earlier.LATEST, folder / f"report.{language}.html")
    figures_text = report.model_dump_json(indent=2) + "\n"
    texts = {
        found.page: page.page(report, language),
        found.card: card.text(report, language),
        found.card.with_suffix(".json"): card.card(report).model_dump_json(indent=2) + "\n",
        found.json: figures_text,
        folder / earlier.dated(report.as_of): figures_text,
    }
    make_folder(folder)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return found


def evaluate(
    snapshot: Snapshot,
    progress: Progress,
    *,
    truth: Truth | None = None,
    years: int = YEARS,
    draws: int = figures.DRAWS,
    model: Served | None = None,
    before: Report | None = None,
    others: Sequence[Lessons] = (),
) -> Report:
    """Return how predictions of past years fared, made from what was known before each.

    Args:
        snapshot: What is known now.
        progress: Told what is done.
        truth: The truth about an invented region.
        years: How many of the latest years to test.
        draws: Bootstrap draws behind each interval.
        model: The model in service.
        before: An earlier report, to say what changed.
        others: What the pasts of other regions teach.

    Raises:
        RegionEmpty: If the snapshot holds no employees or no positions.
    """
    if snapshot.tables["employees"].empty or snapshot.tables["positions"].empty:
        raise RegionEmpty(as_of=snapshot.as_of)
    lessons = merged(wide_lessons(snapshot, progress), others)
    every = backtest(lessons, years, progress)
    scored = {name: one for name, one in every.items() if is_tellable(one)}
    drawn = pools(snapshot, heads_of(scored), progress) if "performance" in scored else None
    tasks = {}
    for place, (name, one) in enumerate(scored.items()):
        task = figures.task(one, draws)
        slices = sliced(snapshot, one, task.comparison.rival, draws)
        tasks[name] = task.model_copy(update={"slices": slices})
        progress("figures", place + 1, len(scored) + 1)
    performance = scored.get("performance")
    audit = fairness.audited(snapshot, lessons, scored, drawn, draws)
    progress("figures", len(scored) + 1, len(scored) + 1)
    report = Report(
        as_of=snapshot.as_of.isoformat(),
        region=region_of(snapshot),
        employees=len(snapshot.tables["employees"]),
        positions=len(snapshot.tables["positions"]),
        draws=draws,
        performance=tasks.get("performance"),
        acceptance=tasks.get("acceptance"),
        movers=None if performance is None else figures.movers(performance, draws),
        choices=None if drawn is None else lists.choices(drawn, draws),
        evidence=None if drawn is None else lists.evidence(drawn, draws),
        worth=None if performance is None else worth(snapshot, lessons, performance, progress),
        fairness=audit,
        truth=None
        if truth is None or drawn is None
        else against_truth.against(truth, drawn, list(scored.values()), draws),
        model=model,
        lights={},
        headlines={},
        since=None,
        gaps=gaps(snapshot, lessons, every, drawn, truth),
    )
    report = report.model_copy(update={"headlines": headlines(report)})
    if before is not None:
        report = report.model_copy(update={"since": changed(report, before)})
    report = report.model_copy(update={"lights": lights(report)})
    return Report.model_validate(rounded(report.model_dump()))


def rounded(value: Any) -> Any:
    """Return figures to nine significant digits: more is noise, and might pass for a NIP."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    return value


def region_of(snapshot: Snapshot) -> str:
    """Return the government, or governments, that a snapshot is of."""
    return ", ".join(sorted(set(snapshot.tables["employees"]["region"])))


def served(settings: Settings) -> Served | None:
    """Return what is known of the model in service; None where none was ever promoted.

    Raises:
        Unavailable: If it is damaged, or not what was signed.
    """
    if aliases.version_of(settings.models) is None:
        return None
    folder = aliases.folder_of(settings.models)
    manifest = artifact.load(folder, PublicKey.load(settings.public_key_file)).manifest
    return Served(
        version=manifest.version,
        as_of=manifest.as_of,
        data_hash=manifest.data_hash,
        heads={
            name: ServedHead(
                learner=facts.kind,
                examples=facts.examples,
                stays=facts.stays,
                inferred=facts.inferred,
                effective=facts.effective,
                hidden=facts.hidden,
                hidden_error=facts.hidden_error,
                features=len(facts.columns),
                trials=facts.trials,
            )
            for name, facts in manifest.heads.items()
        },
    )


def is_tellable(scored: Scored) -> bool:
    """Return whether a back-test is of so many people that its figures tell of nobody."""
    return len(np.unique(scored.employee_id.astype(str))) >= SUPPRESSION_THRESHOLD


def heads_of(scored: Mapping[str, Scored]) -> dict[int, Heads]:
    """Return what was learned before each test year of performance.

    Where chances were tested too, only of the years that both know.
    """
    folds = {name: {fold.year: fold for fold in one.folds} for name, one in scored.items()}
    performance, acceptance = folds.get("performance", {}), folds.get("acceptance", {})
    years = sorted(performance.keys() & acceptance.keys()) or sorted(performance)
    return {
        year: Heads(
            performance[year].head,
            acceptance[year].head if year in acceptance else None,
            performance[year].proposal,
        )
        for year in years
    }


def gaps(
    snapshot: Snapshot,
    lessons: Lessons,
    scored: Mapping[str, Scored],
    drawn: Pools | None,
    truth: Truth | None,
) -> tuple[Gap, ...]:
    """Return what could not be evaluated, and what the figures do not say."""
    found = [
        Gap(
            code=f"{question.name}_untested",
            facts={"found": len(examples_of(question, lessons)), "needed": question.least},
        )
        for question in QUESTIONS
        if question.name not in scored
    ]
    found += [
        Gap(code=f"{name}_withheld", facts={"least": SUPPRESSION_THRESHOLD})
        for name, one in scored.items()
        if not is_tellable(one)
    ]
    found += _unjudged(snapshot, scored)
    found += [
        Gap(code=f"stale.{refusal.code}", facts=refusal.facts)
        for refusal in staleness.refusals(snapshot)
    ]
    if drawn is None:
        found.append(Gap(code="no_vacancies", facts={}))
    if truth is None:
        found.append(Gap(code="unchosen_unknown", facts={}))
    return tuple(found)


def _unjudged(snapshot: Snapshot, scored: Mapping[str, Scored]) -> list[Gap]:
    """Return how many decisions of the tested years have no label."""
    found = []
    moves, offers = moves_in_effect(snapshot), snapshot.tables["offers"]
    offers = offers[is_recorded(offers)]
    if "performance" in scored:
        one = scored["performance"]
        count = int(np.isin(moves["decided_on"].dt.year, one.year).sum())
        found.append(Gap(code="moves_unrated", facts={"count": count - len(one), "total": count}))
    if "acceptance" in scored:
        tested = offers[np.isin(offers["offered_on"].dt.year, scored["acceptance"].year)]
        said = tested["answer"].isin([Answer.ACCEPTED, Answer.REFUSED])
        found.append(
            Gap(code="offers_open", facts={"count": int((~said).sum()), "total": len(tested)})
        )
    return [gap for gap in found if gap.facts["count"]]
