"""The nouns of placement: what a region's records are made of.

Each noun is a frozen dataclass whose fields say their meaning, unit and bounds
once, as :class:`Fact`.  The store's tables, the bundle's contracts and the
documentation are all derived from here, so a word has one meaning everywhere.

Every noun carries ``known_on``: the day from which the record could be known.
What happened and what was known of it are different things; a prediction may
only use what was known.
"""

from typing import Any

from mutasi.vocabulary._fact import Column, Fact, columns
from mutasi.vocabulary.codes import (
    ACTIVE,
    COMPETENCIES,
    ESELON,
    FIELDS,
    FUNCTIONS,
    JENJANG,
    LEFT,
    LEVEL_OF_RUNG,
    RUNGS,
    Answer,
    Assignment,
    EmployeeKind,
    Evidence,
    GovernmentKind,
    PositionKind,
    Route,
    SanctionLevel,
    Scheme,
)
from mutasi.vocabulary.moves import Objection, Offer, Transfer
from mutasi.vocabulary.organisation import Blackout, Demand, Government, Need, Position, Unit
from mutasi.vocabulary.people import (
    Appraisal,
    Assessment,
    Award,
    Circumstance,
    Credit,
    Education,
    Employee,
    GradeHeld,
    MeritIndex,
    Posting,
    Potential,
    Residence,
    Review,
    Sanction,
    Standing,
    Training,
)

NOUNS: tuple[type[Any], ...] = (
    Government,
    Blackout,
    Unit,
    Position,
    Need,
    Demand,
    Employee,
    Standing,
    GradeHeld,
    Residence,
    Posting,
    Appraisal,
    Review,
    Education,
    Training,
    Assessment,
    Potential,
    Sanction,
    Credit,
    Award,
    MeritIndex,
    Circumstance,
    Offer,
    Transfer,
    Objection,
)
"""Every noun that is stored, parents before children."""

__all__ = [
    "ACTIVE",
    "COMPETENCIES",
    "ESELON",
    "FIELDS",
    "FUNCTIONS",
    "JENJANG",
    "LEFT",
    "LEVEL_OF_RUNG",
    "NOUNS",
    "RUNGS",
    "Answer",
    "Appraisal",
    "Assessment",
    "Assignment",
    "Award",
    "Blackout",
    "Circumstance",
    "Column",
    "Credit",
    "Demand",
    "Education",
    "Employee",
    "EmployeeKind",
    "Evidence",
    "Fact",
    "Government",
    "GovernmentKind",
    "GradeHeld",
    "MeritIndex",
    "Need",
    "Objection",
    "Offer",
    "Position",
    "PositionKind",
    "Posting",
    "Potential",
    "Residence",
    "Review",
    "Route",
    "Sanction",
    "SanctionLevel",
    "Scheme",
    "Standing",
    "Training",
    "Transfer",
    "Unit",
    "columns",
]
