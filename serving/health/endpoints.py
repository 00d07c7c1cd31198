"""Routes that tell an operator how the service is; open to all, without personal data."""

from datetime import date
from http import HTTPStatus
from pathlib import Path
from typing import Literal, cast

from fastapi import Depends, Request
from starlette.responses import Response

from models.aliases import champion_since
from mutasi.errors import MutasiError, RegionEmpty
from serving.answers import Shape
from serving.areas import Area
from serving.dependencies import CallerLanguage, Served
from serving.errors import problems, words_of
from serving.health.schemas import Alive, Loaded, Model, Readiness, Store
from serving.region import Region, basis
from serving.security import open_to_all

router = Area("health", dependencies=[Depends(open_to_all)])

READINESS = Shape(Readiness)


@router.get("/healthz", summary="Whether the process lives")
async def alive() -> Alive:
    """Answer while the process can answer at all."""
    return Alive()


@router.get(
    "/readyz",
    summary="Whether questions can be answered",
    responses={
        200: READINESS.described("Questions can be answered."),
        503: READINESS.described(
            "The store or the snapshot is missing, or the store takes no writing."
        ),
        **problems(422),
    },
)
def ready(request: Request, region: Served, language: CallerLanguage) -> Response:
    """Tell the state of store, snapshot and model.

    While the store takes no writing, nothing can be recommended or decided: neither is
    done without a trace. Without a model the service is ready: the law and the transparent
    score answer.
    """
    store = _store(region)
    is_ready = store.is_writable and region.recommender is not None
    readiness = Readiness(
        status="ready" if is_ready else "not_ready",
        store=store,
        snapshot=_loaded(region, store),
        model=_model(region, language, request.app.state.settings.models),
    )
    return Response(
        READINESS.json(readiness),
        status_code=HTTPStatus.OK if is_ready else HTTPStatus.SERVICE_UNAVAILABLE,
        media_type="application/json",
    )


def _store(region: Region) -> Store:
    """Return how the store is; one that holds no records can be read, and says that."""
    known_until, empty = None, None
    try:
        known_until = region.store.known_until()
    except RegionEmpty as problem:
        empty = problem.code
    except MutasiError as problem:
        return Store(is_reachable=False, is_writable=False, known_until=None, problem=problem.code)
    try:
        region.store.require_writable()
    except MutasiError as problem:
        return Store(
            is_reachable=True, is_writable=False, known_until=known_until, problem=problem.code
        )
    return Store(is_reachable=True, is_writable=True, known_until=known_until, problem=empty)


def _loaded(region: Region, store: Store) -> Loaded:
    if region.recommender is None:
        code = region.closed.code if region.closed else None
        return Loaded(is_loaded=False, as_of=None, is_stale=False, problem=code)
    as_of = region.recommender.snapshot.as_of
    return Loaded(is_loaded=True, as_of=as_of, is_stale=_is_stale(region, store, as_of))


def _is_stale(region: Region, store: Store, as_of: date) -> bool:
    """Return whether the store holds other records than what answers; unknown while it is away."""
    if store.known_until is None:
        return False
    return store.known_until > as_of or region.store.state() != region.state


def _model(region: Region, language: str, models: Path) -> Model:
    artifact = region.recommender.artifact if region.recommender else None
    problem = region.model_problem
    return Model(
        basis=cast("Literal['model', 'transparent_score'] | None", basis(region)),
        version=artifact.manifest.version if artifact else None,
        is_stale=region.recommender is not None and champion_since(models) != region.champion_since,
        problem=problem.code if problem else None,
        detail=words_of(problem, language) if problem else None,
    )
