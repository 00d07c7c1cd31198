"""Where everyone and everything stands on the day of a snapshot.

Dated records become one row per employee and one row per position.  Every
column is a numpy array as long as its table; dates are ``datetime64[D]``,
numbers float (NaN = unknown), texts object arrays (``None`` = unknown).
"""

from mutasi.state._annulled import annulled, in_effect
from mutasi.state._columns import Columns, Tables
from mutasi.state._people import employees, field_bits, predicates
from mutasi.state._posts import positions
from mutasi.state._service import days_by

__all__ = [
    "Columns",
    "Tables",
    "annulled",
    "days_by",
    "employees",
    "field_bits",
    "in_effect",
    "positions",
    "predicates",
]
