"""What MLflow keeps of a judgement: figures, plots, gates, and what was decided."""

from collections.abc import Iterator

from models import registry
from mutasi.settings import Settings
from pipelines.evaluation.plots import Plots
from pipelines.evaluation.wording import Words
from pipelines.pages.drawing import standalone
from pipelines.pages.figure import Figure
from pipelines.promotion.schema import Decision, Judgement

ABOUT = ("question", "baseline", "group")
"""Facts that tell apart the readings of one code."""

SCALES = {"performance": ".0f", "acceptance": ".0%"}


def record(settings: Settings, judgement: Judgement, decision: Decision | None = None) -> None:
    """Add a judgement to the run of its challenger, with the decision if there is one.

    Args:
        settings: Of this installation.
        judgement: What the gates said.
        decision: What became of it.
    """
    run_id = registry.run_of(settings.tracking_uri, judgement.challenger)
    assert run_id is not None, "a model is registered before it is judged"
    told = judgement if decision is None else decision
    texts = {"decision.json" if decision else "comparison.json": told.model_dump_json(indent=2)}
    registry.record(
        settings.tracking_uri,
        run_id,
        metrics=dict(metrics(judgement)),
        texts=texts | plots(judgement, settings.language),
        tags=_tags(judgement, decision),
    )


def metrics(judgement: Judgement) -> Iterator[tuple[str, float]]:
    """Yield the figures by name, each with the ends of its interval."""
    for name, compared in judgement.backtest.items():
        for predictor, measures in compared.predictors.items():
            for measure, figure in measures.items():
                yield from _ends(f"backtest.{name}.{predictor}.{measure}", figure)
    for gate in judgement.gates:
        for reading in gate.readings:
            about = [str(reading.facts[name]) for name in ABOUT if name in reading.facts]
            yield from _ends(".".join(["gate", gate.name, reading.code, *about]), reading.figure)


def plots(judgement: Judgement, language: str) -> dict[str, str]:
    """Return the drawings, by their path among the run's files."""
    words = Words(language)
    drawn = Plots(words.num)
    return {
        f"plots/{name}.svg": standalone(
            drawn.curve(
                name,
                found,
                (words.say(f"{name}.predicted"), words.say(f"{name}.observed")),
                (words.say(f"{name}.dot"), words.say(f"{name}.line")),
                SCALES[name],
            )
        )
        for name, found in judgement.bins.items()
    }


def _ends(name: str, figure: Figure | None) -> Iterator[tuple[str, float]]:
    if figure is None:
        return
    for end, value in (("", figure.value), (".low", figure.low), (".high", figure.high)):
        if value is not None:
            yield f"{name}{end}", value


def _tags(judgement: Judgement, decision: Decision | None) -> dict[str, str]:
    tags = {f"gate.{gate.name}": gate.outcome.value for gate in judgement.gates}
    if decision is not None:
        tags["promotion"] = "promoted" if decision.is_promoted else "refused"
        tags["promotion.overruled"] = ", ".join(decision.overruled)
        tags["promotion.reason"] = decision.reason or ""
    return tags
