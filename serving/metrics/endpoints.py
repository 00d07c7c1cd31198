"""The route by which Prometheus reads what is counted."""

from fastapi import Depends, Request
from starlette.responses import Response

from mutasi.authority import Scope
from serving.areas import Area
from serving.dependencies import Served
from serving.errors import problems
from serving.metrics.measures import MEDIA_TYPE, Measures
from serving.security import Needs

router = Area("health")


@router.get(
    "/metrics",
    summary="What is counted of the service",
    responses={
        200: {
            "description": "Counts of this process, as Prometheus reads them.",
            "content": {"text/plain": {"schema": {"type": "string"}}},
        },
        **problems(401, 403, 429, 503),
    },
    response_class=Response,
    dependencies=[Depends(Needs(Scope.METRICS))],
)
async def show(request: Request, region: Served) -> Response:
    """Return requests by route and status, how long they took, and what answers."""
    measures: Measures = request.app.state.measures
    return Response(measures.told(region), media_type=MEDIA_TYPE)
