"""Codes of what a move is for, and of why somebody does not want one."""

from enum import StrEnum


class Purpose(StrEnum):
    """What a move is for (*tujuan mutasi*)."""

    VACANCY = "vacancy"
    """A post is open and has to be filled."""

    WORKLOAD = "workload"
    """A unit has too few people for its work."""

    COMPETENCE = "competence"
    """Somebody's competence fits the post better (PP 11/2017 Ps 190)."""

    CAREER = "career"
    REFRESHMENT = "refreshment"
    """Somebody has been in one post for long."""

    OWN_REQUEST = "own_request"
    REORGANISATION = "reorganisation"
    SERVICE = "service"
    """Complaints or an urgent issue."""


class Deviation(StrEnum):
    """Why what was recommended or proposed is not followed."""

    BETTER_KNOWN = "better_known"
    """Somebody else is known to do better, by what is on no record."""

    WORKLOAD = "workload"
    """The unit cannot give somebody up."""

    UNFIT = "unfit"
    """The person lacks what the post demands, beyond the records."""

    RECORDS_WRONG = "records_wrong"
    PERSONAL = "personal"
    """Circumstances that the person told."""

    BALANCE = "balance"
    """Somebody else's turn, or development."""

    URGENT = "urgent"
    """The service cannot wait, or goes before."""

    LAW = "law"
    """A legal obstacle that no rule knows."""

    BUDGET = "budget"
    OTHER = "other"


class Support(StrEnum):
    """What the agency grants to somebody who moves (M10, M15)."""

    TRAINING = "training"
    TRANSPORT = "transport"
    ALLOWANCE = "allowance"
    HOUSING = "housing"
    MOVING = "moving"
    MENTORING = "mentoring"


class Grounds(StrEnum):
    """Why an employee refuses or objects: the codes of the local lists."""

    DISTANCE = "distance"
    FAMILY = "family"
    PARENTS_HEALTH = "parents_health"
    OWN_HEALTH = "own_health"
    SPOUSE_HEALTH = "spouse_health"
    STUDY = "study"
    PAY = "pay"
    WRONG_POSITION = "wrong_position"
    DOCUMENTS = "documents"
    OTHER = "other"
