"""The route of the model that answers."""

from typing import Literal, cast

from fastapi import Depends

from mutasi.authority import Scope
from mutasi.i18n import render
from serving.areas import Area
from serving.artifacts.schemas import CurrentModel, Fallback, Head
from serving.dependencies import CallerLanguage, Ready, Served
from serving.errors import problems, words_of
from serving.region import basis
from serving.security import Needs

router = Area("models", prefix="/v1")


@router.get(
    "/models/current",
    summary="The model that answers",
    responses=problems(401, 403, 409, 422, 429, 503),
    dependencies=[Depends(Needs(Scope.MODELS))],
)
async def current_model(region: Served, recommender: Ready, language: CallerLanguage) -> CurrentModel:
    """Return what the model is, or why the transparent score answers in its place."""
    manifest = recommender.artifact.manifest if recommender.artifact else None
    problem = region.model_problem
    return CurrentModel(
        basis=cast("Literal['model', 'transparent_score']", basis(region)),
        version=manifest.version if manifest else None,
        since=region.champion_since if manifest else None,
        as_of=manifest.as_of if manifest else None,
        region=manifest.region if manifest else None,
        heads=[
            Head(
                name=name,
                label=render(f"train.{name}", language),
                learner=head.kind,
                features=len(head.columns),
                examples=head.examples,
                half_width=head.widths.half[1] if head.widths else None,
                parts={trial.part: trial.is_kept for trial in head.trials},
            )
            for name, head in (manifest.heads if manifest else {}).items()
        ],
        absent=[
            render(f"concept.{name}.label", language)
            for name in (manifest.absent if manifest else ())
        ],
        not_learned=manifest.not_learned if manifest else {},
        problem=Fallback(f"/errors/{problem.code}", words_of(problem, language)) if problem else None,
    )
