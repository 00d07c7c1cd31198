"""The quality of the records: what is missing, late, wrong or at odds, row by row.

Each check is a question to the rows of one table, answered for all at once.

>>> sorted(check.name for check in CHECKS)[:3]
['acting_post_ends', 'appointment_as_in_number', 'appraisal_says_something']
"""

from mutasi.quality import (
    appraisal,
    career,
    identity,
    location,
    organisation,
    schooling,
)
from mutasi.quality._check import Answer, Check, Dimension, Severity
from mutasi.quality._records import Records

CHECKS: tuple[Check, ...] = tuple(
    value
    for module in (identity, career, appraisal, schooling, location, organisation)
    for value in vars(module).values()
    if isinstance(value, Check)
)
"""Every check, in the order in which they are told."""

__all__ = ["CHECKS", "Answer", "Check", "Dimension", "Records", "Severity"]
