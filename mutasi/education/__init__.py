"""Names of educations, functional positions and units, understood.

``understood`` tells the level and the family of fields of study of an education as
SIASN names it, ``functional`` the job family, function of government, rung and age of
retirement of a functional position, ``offices`` the function of government of a unit and
``inherited`` that of the units below it.  What a name does not tell stays unknown: nothing
is guessed.  The rules are data: the tables of words beside this file; docs/education.md
shows them.
"""

from mutasi.education.offices import inherited, offices
from mutasi.education.positions import functional
from mutasi.education.studies import LEVELS, understood

__all__ = ["LEVELS", "functional", "inherited", "offices", "understood"]
