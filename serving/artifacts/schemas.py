"""What is told of the model that answers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from models.artifact import Shortfall


@dataclass(frozen=True)
class Head:
    """What the model predicts, and from how much it learned to."""

    name: Annotated[str, Field(examples=["performance"])]
    label: Annotated[str, Field(description="It in words.")]
    learner: Annotated[
        str, Field(description="`linear`, `corrected` by trees, or `boosted`.", examples=["linear"])
    ]
    features: Annotated[int, Field(description="How many features it reads.", examples=[42])]
    examples: Annotated[int, Field(description="Past moves or offers it learned from.")]
    half_width: Annotated[
        float | None, Field(description="Half the usual width of the 90% interval, T points.")
    ]
    parts: Annotated[
        dict[str, bool],
        Field(
            description="Parts tried on the latest past, and whether they earned their place.",
            examples=[{"stays": True, "trees": False}],
        ),
    ]


@dataclass(frozen=True)
class Fallback:
    """Why no model answers."""

    type: Annotated[str, Field(examples=["/errors/artifact_corrupt"])]
    detail: Annotated[str, Field(description="What happened, in the caller's language.")]


@dataclass(frozen=True)
class CurrentModel:
    """What ranks now: a trained model, or the transparent score in its place."""

    basis: Literal["model", "transparent_score"]
    version: Annotated[str | None, Field(examples=["2026-03-30-353c08fd"])]
    since: Annotated[
        datetime | None, Field(description="When it was made champion: the model that serves.")
    ]
    as_of: Annotated[str | None, Field(description="Day whose knowledge it learned from.")]
    region: Annotated[str | None, Field(description="The government it learned from.")]
    heads: list[Head]
    absent: Annotated[
        list[str], Field(description="Concepts without records, so nothing was learned of them.")
    ]
    not_learned: Annotated[
        dict[str, Shortfall],
        Field(description="What could not be learned: examples there and needed."),
    ]
    problem: Annotated[Fallback | None, Field(description="Why no model answers.")]
