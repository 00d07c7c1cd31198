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
    FIELDS,
    FUNCTIONS,
    Answer,
    Assignment,
    EmployeeKind,
    PositionKind,
    SanctionLevel,
    Scheme,
)
from mutasi.vocabulary.moves import Offer, Transfer
from mutasi.vocabulary.organisation import Need, Position, Unit
from mutasi.vocabulary.people import (
    Appraisal,
    Assessment,
    Education,
    Employee,
    GradeHeld,
    Posting,
    Residence,
    Sanction,
    Standing,
    Training,
)

NOUNS: tuple[type[Any], ...] = (
    Unit,
    Position,
    Need,
    Employee,
    Standing,
    GradeHeld,
    Residence,
    Posting,
    Appraisal,
    Education,
    Training,
    Assessment,
    Sanction,
    Offer,
    Transfer,
)
"""Every noun that is stored, parents before children."""

__all__ = [
    "ACTIVE",
    "COMPETENCIES",
    "FIELDS",
    "FUNCTIONS",
    "NOUNS",
    "Answer",
    "Appraisal",
    "Assessment",
    "Assignment",
    "Column",
    "Education",
    "Employee",
    "EmployeeKind",
    "Fact",
    "GradeHeld",
    "Need",
    "Offer",
    "Position",
    "PositionKind",
    "Posting",
    "Residence",
    "Sanction",
    "SanctionLevel",
    "Scheme",
    "Standing",
    "Training",
    "Transfer",
    "Unit",
    "columns",
]
