"""The application: `uvicorn serving.app:create_app --factory`."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

import anyio.to_thread
from fastapi import Depends, FastAPI

from mutasi import clock
from mutasi.errors import TokenUnset
from mutasi.settings import Settings
from serving import (
    accesses,
    applications,
    areas,
    artifacts,
    careers,
    description,
    errors,
    health,
    imports,
    metrics,
    plans,
    proposals,
    receipts,
    recommendations,
    sessions,
    tokens,
    webhooks,
)
from serving.access import AccessLog, log_as_json
from serving.envelope import AnswerHeaders, BodyLimit, Bounds, HeadAsGet
from serving.issuers import Issuers
from serving.processes import end_with_parent, ending_when_stuck
from serving.rates import Rates
from serving.region import open_region
from serving.security import Needs, guards, require_guards

DESCRIPTION = """\
Who for a vacancy, where for a person, and why: placements of civil servants,
judged by the law first, then ranked by what past moves teach. People decide.

Systems show `Authorization: Bearer TOKEN`, with a token from `/oauth2/token` or that of
the installation; people sign in at `/v1/session`. What each route needs is its scope.
Words come in Indonesian or English (`?lang=` or `Accept-Language`). Problems are
`application/problem+json` (RFC 9457); their `type` is stable.
"""
LEAST_THREADS = 2


class Service(FastAPI):
    """FastAPI whose description tells of problem details and of scopes."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI 3.1 description."""
        if self.openapi_schema is None:
            for route, _ in guards(self):
                if route.include_in_schema:
                    description.tell_answers(route)
            schema = description.name_schemas(super().openapi())
            assert errors.Problem.__name__ in schema["components"]["schemas"], "problems name it"
            for route, needs in guards(self):
                if route.include_in_schema and needs is not None:
                    for method in route.methods or ():
                        operation = schema["paths"][route.path_format][method.lower()]
                        description.name_scope(operation, needs)
            for method, path, operation in description.operations(schema):
                description.add_call(schema, method, path, operation)
            self.openapi_schema = schema
        return self.openapi_schema


def create_app(settings: Settings | None = None) -> Service:
    """Return the application; the region is loaded when it starts.

    Args:
        settings: Of this installation; from the environment by default.

    Raises:
        TokenUnset: If the token of the installation is set, to nothing.
    """
    settings = settings or Settings()
    if settings.api_token is not None and not settings.api_token.get_secret_value().strip():
        raise TokenUnset
    app = Service(
        title="Mutasi",
        version=version("mutasi"),
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,  # to where the header of a stranger says
        generate_unique_id_function=lambda route: route.name,
        lifespan=_lifespan,
    )
    app.state.settings = settings
    app.state.clock = clock.now
    app.state.issuers = Issuers(settings)
    app.state.measures = metrics.Measures()
    app.state.rates = Rates(settings.calls_per_minute)
    errors.install(app)
    app.add_middleware(
        BodyLimit,
        bounds=Bounds(errors.MOST_BYTES, errors.SLOWEST_SECONDS),
        refused=errors.too_large,
        wider={imports.ADDRESS: imports.bounds(settings.import_megabytes)},
    )
    app.add_middleware(AccessLog, failed=errors.failure, counted=app.state.measures.count)
    app.add_middleware(AnswerHeaders)
    app.add_middleware(HeadAsGet)
    served = (
        health,
        metrics,
        tokens,
        sessions,
        recommendations,
        receipts,
        accesses,
        careers,
        plans,
        imports,
        applications,
        proposals,
        webhooks,
        artifacts,
    )
    areas.join(app.router, *(area.router for area in served))

    @app.get("/openapi.json", dependencies=[Depends(Needs(None))], include_in_schema=False)
    async def describe() -> dict[str, Any]:
        return app.openapi()

    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Load the region, and let no more requests compute at once than there are processors."""
    require_guards(app)
    log_as_json()
    end_with_parent()
    limiter = anyio.to_thread.current_default_thread_limiter()
    limiter.total_tokens = max(os.cpu_count() or 1, LEAST_THREADS)
    async with ending_when_stuck():
        app.state.region = await anyio.to_thread.run_sync(open_region, app.state.settings)
        yield
        app.state.region.store.close()
