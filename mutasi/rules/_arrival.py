"""Who comes into a functional post from another job."""

from mutasi.rules._rule import Array, Case
from mutasi.vocabulary import PositionKind


def arrives(case: Case) -> Array:
    """Return where a functional post would be entered from another job family."""
    same = (case.family_code == case.present_family_code) & (case.family_code >= 0)
    arrival: Array = (case.position_kind == PositionKind.FUNCTIONAL) & ~same
    return arrival
