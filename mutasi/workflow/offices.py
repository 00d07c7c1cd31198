"""In what office somebody acts on a case, and who may not."""

from enum import StrEnum

from mutasi.authority import Principal
from mutasi.errors import ConflictOfInterest, PersonNeeded, SecondPersonNeeded


class Office(StrEnum):
    """In what office an act is done."""

    PROPOSER = "proposer"
    """Whoever prepares moves: the analyst of the personnel agency."""

    GIVING = "giving"
    """The head of the unit that is left."""

    RECEIVING = "receiving"
    """The head of the unit that is moved to."""

    PPK = "ppk"
    """The appointing officer, or whoever decides in their name."""

    CONCERNED = "concerned"
    """The employee themself."""

    ASSESSOR = "assessor"
    """Whoever knows how somebody does in the new post: the head there, or a system."""


def require_person(caller: Principal) -> None:
    """Refuse a system where the law wants a person.

    Raises:
        PersonNeeded: If no person asks.
    """
    if not caller.is_person:
        raise PersonNeeded


def require_disinterest(caller: Principal, office: Office, employee_id: str) -> None:
    """Refuse who would act on their own case in an office (PP 11/2017 Ps 190).

    Raises:
        ConflictOfInterest: If the case is their own, and the office not the employee's.
    """
    if office is not Office.CONCERNED and caller.employee_id == employee_id:
        raise ConflictOfInterest(office=office.value)


def require_second(caller: Principal, proposer: str) -> None:
    """Refuse who would decide what they proposed: two people have to agree.

    Raises:
        SecondPersonNeeded: If it is the same person.
    """
    if caller.id == proposer:
        raise SecondPersonNeeded
