"""Routes of what employees wish."""

from typing import Annotated

from fastapi import Depends, Header, Path
from starlette.responses import Response

from mutasi.authority import Scope
from mutasi.choices import offered
from mutasi.errors import ChoiceUnknown, UnitUnknown
from mutasi.store import cases, preferences, session
from mutasi.store.preferences import Wished
from mutasi.workflow.offices import require_person
from serving.answers import TAGGED, UNCHANGED, Known, Shape, answer, unless_known
from serving.applications import examples
from serving.applications.schemas import Kept, Preferences
from serving.areas import Area
from serving.dependencies import CallerLanguage, Ready, Served
from serving.errors import problems
from serving.security import Caller, Needs

router = Area("applications", prefix="/v1/employees/{nip}/preferences")
KEPT = Shape(Kept)

Nip = Annotated[str, Path(description="The employee's NIP.", examples=[examples.KEPT.nip])]
TOLD = KEPT.described("What the employee wishes; its version is the `ETag`.", examples.KEPT, TAGGED)


def _told(nip: str, wished: Wished, language: str) -> Response:
    told = Kept(
        nip=nip,
        version=wished.version,
        preferences=Preferences.model_validate(wished.content),
        changed_at=wished.changed_at,
    )
    found = answer(KEPT.json(told), language)
    found.headers["ETag"] = f'"{wished.version}"'
    return found


@router.get(
    "",
    summary="What an employee wishes",
    dependencies=[Depends(Needs(Scope.PLACEMENTS))],
    responses={200: TOLD, **UNCHANGED, **problems(401, 403, 404, 409, 422, 429, 503)},
)
def look_at_preferences(
    nip: Nip, region: Served, language: CallerLanguage, known: Known = None
) -> Response:
    """Return the units, places and kinds of posts that an employee prefers."""
    with session.reading(region.store.engine) as work:
        return unless_known(_told(nip, preferences.of(work, nip), language), known)


@router.put(
    "",
    summary="Say what one wishes",
    dependencies=[Depends(Needs(Scope.OWN_CASES))],
    responses={200: TOLD, **problems(401, 403, 404, 409, 413, 415, 422, 429, 503)},
)
def tell_preferences(
    nip: Nip,
    caller: Caller,
    region: Served,
    recommender: Ready,
    language: CallerLanguage,
    wishes: Preferences,
    seen: Annotated[
        str,
        Header(
            alias="If-Match",
            description='The `ETag` that was last seen; `"0"` where nothing was told.',
            pattern=r'^"[0-9]{1,9}"$',
            examples=['"0"'],
        ),
    ],
) -> Response:
    """Say what one wishes, instead of what one said before; the employee's own act."""
    require_person(caller)
    known = set(recommender.snapshot.tables["units"]["unit_id"])
    for unit in wishes.units:
        if unit not in known:
            raise UnitUnknown(unit_id=unit)
    named = set(recommender.snapshot.tables["positions"]["family"])
    families = sorted(family for family in named if isinstance(family, str))
    for family in wishes.families:
        if family not in families:
            near = offered(families, family)
            raise ChoiceUnknown(field="families", value=family, known=near)
    with session.unit_of_work(region.store.engine, cases.QUEUE) as work:
        said = wishes.model_dump(mode="json")
        kept = preferences.tell(work, caller.id, nip, said, int(seen.strip('"')))
    return _told(nip, kept, language)
