"""The database's clock: processes on several machines agree on it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles


class Now(sa.FunctionElement[int]):
    """The present moment in whole seconds since 1970, not that of the transaction's begin."""

    type = sa.BigInteger()
    inherit_cache = True


NOW = Now()


@compiles(Now, "sqlite")
def _in_sqlite(_: Now, __: Any, **___: Any) -> str:
    return "CAST(strftime('%s', 'now') AS INTEGER)"


@compiles(Now, "postgresql")
def _in_postgresql(_: Now, __: Any, **___: Any) -> str:
    return "CAST(floor(extract(epoch FROM clock_timestamp())) AS BIGINT)"
