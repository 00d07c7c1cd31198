"""The wall: what is protected audits, and never predicts."""

import pytest

from features import FEATURES, sets
from features.sets import PROTECTED, require_unprotected, sources


@pytest.mark.parametrize("column", sorted(PROTECTED))
def test_a_protected_column_is_refused_by_whatever_name(column: str) -> None:
    with pytest.raises(ValueError, match=column):
        require_unprotected((column,))


def test_no_feature_at_all_is_computed_from_a_protected_column() -> None:
    assert not [name for name in FEATURES if sources(name) & PROTECTED]


def test_no_set_of_features_names_a_group_that_is_audited() -> None:
    every = {
        name
        for value in vars(sets).values()
        if isinstance(value, tuple)
        for name in value
        if isinstance(name, str)
    }

    assert not [name for name in every if "is_contract" in sources(name)]
