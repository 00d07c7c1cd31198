"""What is stored already, as a reader may ask for it."""

from collections.abc import Callable, Mapping, Set

import pandas as pd

from mutasi.bundle.contract import NOUN_OF
from mutasi.vocabulary import columns


class Stored(dict[str, Set[str]]):
    """The ids that records may refer to, by table, and stored rows when asked for."""

    def __init__(
        self,
        ids: Mapping[str, Set[str]] | None = None,
        rows: Callable[[str], pd.DataFrame] | None = None,
    ) -> None:
        """Hold ids, and what gives the rows of a table with the vocabulary's columns."""
        super().__init__(ids or {})
        self._rows = rows

    def rows(self, table: str) -> pd.DataFrame:
        """Return the stored rows of a table; there are none where nothing is stored."""
        if self._rows is None:
            return pd.DataFrame(columns=[column.name for column in columns(NOUN_OF[table])])
        return self._rows(table)
