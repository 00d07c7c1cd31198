"""What requests need: the region, the caller's language."""

from typing import Annotated, Literal

from fastapi import Depends, Query, Request

from models.recommender import Recommender
from mutasi.i18n import LANGUAGES, negotiated
from serving.region import Region


def language_of(request: Request) -> str:
    """Return the language a caller wants: ``?lang=``, else ``Accept-Language``."""
    asked = request.query_params.get("lang")
    if asked in LANGUAGES:
        return asked
    default: str = request.app.state.settings.language
    return negotiated(request.headers.get("accept-language"), default)


async def caller_language(
    request: Request,
    lang: Annotated[
        Literal["id", "en"] | None,
        Query(description="Language of the words; without it, `Accept-Language` is followed."),
    ] = None,
) -> str:
    """Return the language of the answer."""
    return lang or language_of(request)


async def served_region(request: Request) -> Region:
    """Return what this process serves."""
    region: Region = request.app.state.region
    return region


async def open_recommender(region: Annotated[Region, Depends(served_region)]) -> Recommender:
    """Return what answers.

    Raises:
        MutasiError: Why nothing can be answered.
    """
    return region.opened()


CallerLanguage = Annotated[str, Depends(caller_language)]
Served = Annotated[Region, Depends(served_region)]
Ready = Annotated[Recommender, Depends(open_recommender)]
