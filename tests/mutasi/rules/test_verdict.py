"""What is told of pairs: counts, order, and how near the blocked ones are."""

from datetime import date
from typing import Any

import numpy as np

from mutasi.rules import RULES, Case, Severity, Verdict, judge
from tests.mutasi.rules.test_cases import ALLOWED, DAY, columns, findings

NOTHING: dict[str, Any] = {}
SHORT_TENURE = {"posted_since": date(2022, 6, 2)}
SANCTION = {"sanction_severity": 1.0, "sanction_until": date(2024, 8, 31)}
NO_DEGREE = {"education_level": 30.0}
LOW_GRADE = {"grade": 5.0}
CLOSED = {"is_closed": True}


def verdict(*pairs: dict[str, Any]) -> Verdict:
    each = [columns(ALLOWED | facts) for facts in pairs]
    table = {name: np.concatenate([facts[name] for facts in each]) for name in each[0]}
    return judge(RULES, Case(DAY, len(pairs), table.__getitem__))


def test_a_pair_is_free_on_the_day_after_the_last_block_that_ends_by_itself() -> None:
    found = verdict(NOTHING, SHORT_TENURE, SHORT_TENURE | SANCTION, SANCTION | NO_DEGREE, NO_DEGREE)

    assert found.clears_on.tolist() == [None, date(2024, 6, 2), *2 * [date(2024, 9, 1)], None]
    assert found.lasting.tolist() == [0, 0, 0, 1, 1]


def test_a_sanction_that_is_for_good_lasts() -> None:
    found = verdict({"sanction_severity": 3.0, "sanction_until": date(9999, 12, 31)})

    assert found.lasting.tolist() == [1]
    assert found.clears_on.tolist() == [None]


def test_nearest_is_who_waits_least_then_who_lacks_least_then_who_may_never() -> None:
    found = verdict(
        CLOSED,
        NO_DEGREE | LOW_GRADE,
        SANCTION,
        NOTHING,
        NO_DEGREE,
        SHORT_TENURE,
        NO_DEGREE | SHORT_TENURE,
    )

    assert found.nearest(9).tolist() == [5, 2, 6, 4, 1, 0]
    assert found.nearest(2).tolist() == [5, 2]


def test_final_is_what_neither_time_nor_anybody_ends() -> None:
    assert {rule.name for rule in RULES if rule.is_final} == {
        "time_to_retirement",
        "executive_age",
        "functional_age",
        "another_post",
        "post_exists",
    }


def test_the_rule_that_blocks_most_comes_first() -> None:
    counts = verdict(NO_DEGREE, CLOSED, CLOSED, CLOSED, LOW_GRADE, LOW_GRADE).blocked_by_rule()

    assert list(counts.items()) == [
        ("post_exists", 3),
        ("grade_range", 2),
        ("minimum_education", 1),
    ]


def test_each_pair_is_told_of_itself_alone() -> None:
    found = verdict(NOTHING, NO_DEGREE, LOW_GRADE).findings([2, 0, 1])

    assert [[each.rule for each in told] for told in found] == [
        ["grade_range", "grade_below_range", "approval_within"],
        ["approval_within"],
        ["minimum_education", "approval_within"],
    ]


def test_what_is_missing_is_told_as_a_warning_before_what_informs() -> None:
    told = findings({"standing_number": np.nan, "posted_since": date(2019, 6, 1)} | LOW_GRADE)

    assert [(each.rule, each.severity) for each in told] == [
        ("grade_range", Severity.BLOCKS),
        ("active_service", Severity.WARNS),
        ("grade_below_range", Severity.WARNS),
        ("maximum_tenure", Severity.INFORMS),
        ("approval_within", Severity.INFORMS),
    ]


def test_a_value_that_is_not_known_is_told_as_none() -> None:
    told = findings({"open": 0.0, "needed": np.nan})

    assert told[0].facts == {"needed": None, "filled": 1.0}


def test_a_value_that_all_pairs_share_is_told_as_a_plain_number() -> None:
    shared = {name: value[0] for name, value in columns(ALLOWED | {"open": 0.0}).items()}
    grades = np.array([9.0, 10.0])
    told = judge(RULES, Case(DAY, 2, lambda name: grades if name == "grade" else shared[name]))

    facts = told.findings([1])[0][0].facts
    assert facts == {"needed": 2.0, "filled": 1.0}
    assert {type(value) for value in facts.values()} == {float}
