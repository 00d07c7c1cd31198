"""The jobs: compare a challenger, promote it through its gates, roll back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from models import aliases, artifact, registry
from models.aliases import Alias
from models.artifact import Artifact, Manifest
from models.examples import Progress
from models.scoring import Scorer
from models.signing import PublicKey
from mutasi.errors import (
    ArtifactMissing,
    ChallengerMissing,
    ChampionAlready,
    GateNotOverruled,
    MutasiError,
    PreviousMissing,
    ReasonMissing,
    RegistryUnreadable,
    Unavailable,
)
from mutasi.settings import Settings
from mutasi.store import personnel, session, trail
from mutasi.store.trail import Action, Deed, Kind
from pipelines.actor import user
from pipelines.elsewhere import others_of
from pipelines.evaluation.backtest import WIDE
from pipelines.promotion import ledger, tracking
from pipelines.promotion.gates import NAMES, NEVER_OVERRULED
from pipelines.promotion.judging import judge
from pipelines.promotion.schema import Decision, Judgement


@dataclass(frozen=True)
class Turned:
    """Who serves after a rollback.

    Attributes:
        champion: The model that serves again.
        previous: The one that served until now.
        is_mirrored: Whether MLflow's aliases follow; they do at the next change at the latest.
    """

    champion: str
    previous: str
    is_mirrored: bool = True


def compare(settings: Settings, progress: Progress) -> Judgement:
    """Judge the challenger, change nothing, and record the figures in its run.

    Raises:
        RegionEmpty: If the store holds no records.
        ChallengerMissing: If no model waits.
        ChampionAlready: If the challenger serves already.
        Unavailable: If the challenger is not what was signed, or cannot be read.
    """
    judgement = _judged(settings, progress)
    tracking.record(settings, judgement)
    return judgement


def promote(
    settings: Settings,
    progress: Progress,
    *,
    despite: Collection[str] = (),
    reason: str | None = None,
) -> Decision:
    """Make the challenger champion if its gates hold; the champion becomes previous.

    The decision is recorded before anything changes, so that nothing serves of which
    nobody could say why.

    Args:
        settings: Of this installation.
        progress: Told what is done.
        despite: Gates that a person overrules.
        reason: Why, in the person's words.

    Raises:
        GateNotOverruled: If a gate is named that nobody may overrule, or none of that name.
        ReasonMissing: If there is no reason for overruling, or nothing is overruled.
        MutasiError: As :func:`compare`.
    """
    may_be = [name for name in NAMES if name not in NEVER_OVERRULED]
    for name in despite:
        if name not in may_be:
            raise GateNotOverruled(gate=name, gates=", ".join(may_be))
    if bool(despite) != bool(reason and reason.strip()):
        raise ReasonMissing
    judgement = _judged(settings, progress)
    failed = judgement.failed()
    is_promoted = set(failed) <= set(despite)
    overruled = failed if is_promoted else ()
    decision = Decision(
        judgement=judgement,
        is_promoted=is_promoted,
        overruled=overruled,
        reason=reason if overruled else None,
    )
    tracking.record(settings, judgement, decision)
    if is_promoted:
        _apply(settings, decision)
    return decision


def rollback(settings: Settings) -> Turned:
    """Make the previous champion serve again; doing it twice changes nothing.

    The files count.  Where MLflow's records cannot be opened, a bad model is taken out of
    service all the same.

    Raises:
        PreviousMissing: If no model served before.
        StoreUnwritable: If the audit trail cannot take it.
        Unavailable: If that model is not what was signed, or cannot be read.
    """
    named = aliases.all_of(settings.models)
    champion, previous = named[Alias.CHAMPION], named[Alias.PREVIOUS]
    if champion is None or previous is None:
        raise PreviousMissing
    _usable(settings, Alias.PREVIOUS)
    ledger.append(settings.home / ledger.FILE, "rollback", champion=previous, previous=champion)
    wanted = {Alias.CHAMPION: previous, Alias.PREVIOUS: champion}
    _change(settings, Action.ROLLBACK, wanted)
    try:
        registry.mirror(settings.tracking_uri, aliases.all_of(settings.models))
    except RegistryUnreadable:
        return Turned(champion=previous, previous=champion, is_mirrored=False)
    return Turned(champion=previous, previous=champion)


def _judged(settings: Settings, progress: Progress) -> Judgement:
    named = aliases.all_of(settings.models)
    if named[Alias.CHALLENGER] is None:
        raise ChallengerMissing
    if named[Alias.CHALLENGER] == named[Alias.CHAMPION]:
        raise ChampionAlready(version=named[Alias.CHAMPION])
    challenger = _usable(settings, Alias.CHALLENGER)
    _require_run(settings, challenger.manifest)
    champion, problem = _champion(settings)
    with session.reading(session.engine(settings.database_url)) as work:
        snapshot = personnel.snapshot(work)
    learned = date.fromisoformat(challenger.manifest.as_of)
    others = others_of(settings, progress, WIDE, learned)
    return judge(snapshot, challenger, champion, progress, problem, others)


def _require_run(settings: Settings, manifest: Manifest) -> None:
    """Register a model whose training was stopped before it was."""
    if registry.run_of(settings.tracking_uri, manifest.version) is None:
        folder = settings.models / manifest.version
        runs = settings.home / "mlruns"
        registry.register(settings.tracking_uri, runs, folder, manifest)


def _usable(settings: Settings, alias: Alias) -> Artifact:
    """Return a model that is what was signed, and reads only features that this code has."""
    folder = aliases.folder_of(settings.models, alias)
    found = artifact.load(folder, PublicKey.load(settings.public_key_file))
    Scorer(found.heads)
    return found


def _champion(settings: Settings) -> tuple[Artifact | None, MutasiError | None]:
    """Return the model that serves, or why it cannot be used."""
    try:
        return _usable(settings, Alias.CHAMPION), None
    except ArtifactMissing:
        return None, None
    except Unavailable as problem:
        return None, problem


def _apply(settings: Settings, decision: Decision) -> None:
    """Write the decision down, then make the challenger champion."""
    models: Path = settings.models
    challenger = decision.judgement.challenger
    champion = aliases.version_of(models)
    ledger.append(
        settings.home / ledger.FILE,
        "promote",
        champion=challenger,
        previous=champion,
        overruled=list(decision.overruled),
        reason=decision.reason,
    )
    wanted: dict[Alias, str | None] = {Alias.CHAMPION: challenger}
    if champion is not None:
        wanted[Alias.PREVIOUS] = champion
    if aliases.version_of(models, Alias.CHALLENGER) == challenger:
        wanted[Alias.CHALLENGER] = None
    _change(settings, Action.PROMOTE, wanted)
    registry.mirror(settings.tracking_uri, aliases.all_of(models))


def _change(settings: Settings, action: Action, wanted: Mapping[Alias, str | None]) -> None:
    """Let aliases name other models, with an entry of the audit trail or not at all.

    Raises:
        StoreUnwritable: If the trail cannot take it; nothing is changed then.
    """
    models = settings.models
    champion, before = wanted[Alias.CHAMPION], aliases.version_of(models)
    assert champion is not None, "what is put to service is a model"
    deed = Deed(
        user(),
        action,
        Kind.MODEL,
        champion,
        before=None if before is None else artifact.digest_of(models / before),
        after=artifact.digest_of(models / champion),
    )
    with session.unit_of_work(session.engine(settings.database_url), trail.QUEUE) as work:
        trail.append(work, deed)
        aliases.change(models, wanted)
