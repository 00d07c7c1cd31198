"""What time it is: for edges alone, which hand it on as a parameter.

Nothing that judges, learns or ranks reads it; there the day is what was known.
"""

from datetime import UTC, datetime


def now() -> int:
    """Return the present moment, in whole seconds since 1970 UTC."""
    return int(datetime.now(UTC).timestamp())
