"""Names of educations and of functional positions, understood.

``understood`` tells the level and the family of fields of study of an education as
SIASN names it, ``functional`` the job family, function of government, rung and age of
retirement of a functional position.  What a name does not tell stays unknown: nothing
is guessed.  The rules are data: the tables of words beside this file; docs/education.md
shows them.
"""

from mutasi.education.positions import functional
from mutasi.education.studies import LEVELS, understood

__all__ = ["LEVELS", "functional", "understood"]
