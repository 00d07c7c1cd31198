"""Governments by name: of units and of employees alike."""

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from mutasi.state._columns import Tables
from mutasi.vocabulary import GovernmentKind

if TYPE_CHECKING:
    import pandas as pd

KINDS = tuple(GovernmentKind)


def regions(names: "pd.Series[Any]", tables: Tables) -> dict[str, NDArray[np.int64]]:
    """Return the government that each name means.

    Returns:
        ``region_code`` (equal names have equal codes, whoever bears them),
        ``government`` (place among ``GovernmentKind``) and ``province_code``
        (-1 = not on record).
    """
    import pandas as pd

    known = tables["governments"]
    every = pd.unique(
        pd.concat([known["region"], tables["units"]["region"], tables["employees"]["region"]])
    )
    code = pd.Index(every).get_indexer(pd.Index(names))
    place = pd.Index(known["region"]).get_indexer(pd.Index(names))
    kind = pd.Index([str(kind) for kind in KINDS]).get_indexer(pd.Index(known["kind"]))
    province = pd.factorize(known["province"])[0]
    return {
        "region_code": code.astype(np.int64),
        "government": np.append(kind, -1)[place].astype(np.int64),
        "province_code": np.append(province, -1)[place].astype(np.int64),
    }
