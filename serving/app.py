"""The application: `uvicorn serving.app:create_app --factory`."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

import anyio.to_thread
from fastapi import Depends, FastAPI

from mutasi.errors import TokenUnset
from mutasi.settings import Settings
from serving import artifacts, errors, health, plans, recommendations
from serving.access import AccessLog, log_as_json
from serving.region import open_region
from serving.security import require_token

DESCRIPTION = """\
Who for a vacancy, where for a person, and why: placements of civil servants,
judged by the law first, then ranked by what past moves teach. People decide.

Every request but `/healthz` and `/readyz` shows `Authorization: Bearer TOKEN`.
Words come in Indonesian or English (`?lang=` or `Accept-Language`). Problems are
`application/problem+json` (RFC 9457); their `type` is stable.
"""
LEAST_THREADS = 2


class Service(FastAPI):
    """FastAPI whose description names problem details by their media type."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI 3.1 description."""
        if self.openapi_schema is None:
            schema = super().openapi()
            for path in schema["paths"].values():
                for operation in path.values():
                    _rename_problems(operation["responses"])
        assert self.openapi_schema is not None
        return self.openapi_schema


def create_app(settings: Settings | None = None) -> Service:
    """Return the application; the region is loaded when it starts.

    Args:
        settings: Of this installation; from the environment by default.

    Raises:
        TokenUnset: If no token is set that callers must show.
    """
    settings = settings or Settings()
    if settings.api_token is None or not settings.api_token.get_secret_value().strip():
        raise TokenUnset
    app = Service(
        title="Mutasi",
        version=version("mutasi"),
        description=DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=_lifespan,
    )
    app.state.settings = settings
    errors.install(app)
    app.add_middleware(AccessLog, failed=errors.failure)
    app.include_router(health.router)
    guarded = [Depends(require_token)]
    app.include_router(recommendations.router, dependencies=guarded)
    app.include_router(artifacts.router, dependencies=guarded)
    app.include_router(plans.router, dependencies=guarded)

    @app.get("/openapi.json", dependencies=guarded, include_in_schema=False)
    async def describe() -> dict[str, Any]:
        return app.openapi()

    return app


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Load the region, and let no more requests compute at once than there are processors."""
    log_as_json()
    limiter = anyio.to_thread.current_default_thread_limiter()
    limiter.total_tokens = max(os.cpu_count() or 1, LEAST_THREADS)
    app.state.region = await anyio.to_thread.run_sync(open_region, app.state.settings)
    yield
    app.state.region.store.close()


def _rename_problems(responses: dict[str, Any]) -> None:
    for response in responses.values():
        content = response.get("content", {}).get("application/json", {})
        if content.get("schema") == {"$ref": "#/components/schemas/Problem"}:
            response["content"] = {errors.MEDIA_TYPE: content}
