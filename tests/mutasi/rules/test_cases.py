"""Cases of law: facts of a pair, and the findings that must come of them."""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import NoneType
from typing import Any

import numpy as np
import pytest

from mutasi.errors import LawSilent
from mutasi.rules import RULES, Case, Finding, Law, Severity, judge
from mutasi.vocabulary import COMPETENCIES, RUNGS, GovernmentKind
from tests.records import snapshot

CASES = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))["case"]

ALLOWED: dict[str, Any] = {
    "standing": "01",
    "standing_number": 1.0,
    "sanction_severity": 0.0,
    "sanction_until": "NaT",
    "posted_since": date(2020, 1, 1),
    "worst_predicate": 2.0,
    "predicates_count": 2.0,
    "grade": 9.0,
    "lowest_grade": 9.0,
    "highest_grade": 12.0,
    "is_contract": 0.0,
    "level": 3.0,
    "present_level": 3.0,
    "education_level": 40.0,
    "minimum_education": 40.0,
    "studied": 1,
    "qualifying": 1,
    "born_month": "1985-01",
    "retirement_age": 58.0,
    "family": "nurse",
    "family_code": 7,
    "present_family_code": 7,
    "title_code": 5,
    "present_title_code": 5,
    "position_kind": "FUNGSIONAL",
    "is_structural": False,
    "present_is_structural": False,
    "rung_number": "PT",
    "present_rung_number": "PT",
    "born_on": date(1985, 1, 15),
    "appointed_on": date(2012, 1, 1),
    "function": "health",
    "present_function": "health",
    "function_code": 2,
    "days_in_function": 4000,
    "days_at_rung": {"PT": 4000},
    "unrecorded_days": 0.0,
    "held": 2.0,
    "required": 2.0,
    "assessed_on": date(2023, 6, 1),
    "last_predicate": 2.0,
    "potential": 70.0,
    "potential_assessed_on": date(2023, 6, 1),
    "leads": False,
    "present_leads": False,
    "blackout_until": "NaT",
    "present_blackout_until": "NaT",
    "has_circumstance": False,
    "region_code": 0,
    "employee_region_code": 0,
    "government": "KAB",
    "employee_government": "KAB",
    "province_code": 0,
    "employee_province_code": 0,
    "position_row": 3,
    "position": 4,
    "is_closed": False,
    "open": 1.0,
    "needed": 2.0,
    "filled": 1.0,
}
DAYS = {
    "appointed_on",
    "assessed_on",
    "blackout_until",
    "born_on",
    "posted_since",
    "potential_assessed_on",
    "present_blackout_until",
    "sanction_until",
}
KINDS = [str(kind) for kind in GovernmentKind]
CODED: dict[str, Callable[[Any], Any]] = {
    "born_month": lambda text: (
        np.nan if text == "NaT" else np.datetime64(text, "M").astype(np.int64)
    ),
    "rung_number": lambda rung: RUNGS.index(rung) if rung else -1,
    "present_rung_number": lambda rung: RUNGS.index(rung) if rung else -1,
    "government": lambda kind: KINDS.index(kind) if kind else -1,
    "employee_government": lambda kind: KINDS.index(kind) if kind else -1,
    "days_at_rung": lambda days: [days.get(rung, 0) for rung in (*RUNGS, "")],
}
"""How a case says what a column keeps as a number."""

PLAIN = {bool, int, float, str, date, NoneType}
"""What the facts of a finding are, for words and JSON."""

ALWAYS = {"approval_within!"}
"""What every move within a government is told."""
DAY = np.datetime64("2024-06-01")


def column(name: str, value: Any) -> np.ndarray[Any, Any]:
    if name in CODED:
        return np.array([CODED[name](value)])
    if name in DAYS:
        return np.array([value], dtype="datetime64[D]")
    if isinstance(value, str):
        return np.array([value or None], dtype=object)
    return np.array([value])


def findings(facts: dict[str, Any], on: Any = DAY) -> tuple[Finding, ...]:
    asked = {name: facts[name] for name in facts if name != "is_own_request"}
    wish = {name: facts[name] for name in facts if name == "is_own_request"}
    case = Case(np.datetime64(on, "D"), 1, columns(ALLOWED | asked).__getitem__, **wish)
    return judge(RULES, case).findings([0])[0]


def columns(facts: dict[str, Any]) -> dict[str, np.ndarray[Any, Any]]:
    """Return facts as columns; one level stands for all nine competencies."""
    made = {name: column(name, value) for name, value in facts.items()}
    each = {f"{side}_{name}": made[side] for side in ("held", "required") for name in COMPETENCIES}
    return made | each


def mark(finding: Finding) -> str:
    if finding.is_unknown:
        return f"{finding.rule}?"
    return finding.rule + ("" if finding.severity is Severity.BLOCKS else "!")


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in CASES])
def test_case(case: dict[str, Any]) -> None:
    found = findings(case.get("facts", {}), case.get("on", DAY))

    told = [each for each in found if case.get("route") or mark(each) not in ALWAYS]
    assert sorted(mark(finding) for finding in told) == sorted(case["findings"])
    if told and not told[0].is_unknown:
        assert told[0].clears_on == case.get("clears_on")
        assert told[0].facts == pytest.approx(case.get("told", told[0].facts), abs=5e-4)
        assert {type(value) for value in told[0].facts.values()} <= PLAIN


def test_every_rule_has_a_case_that_breaks_it() -> None:
    named = {name.rstrip("!?") for case in CASES for name in case["findings"]}

    assert named == {rule.name for rule in RULES}


def test_every_rule_names_its_article_and_says_what_it_demands() -> None:
    for rule in RULES:
        assert rule.basis
        assert rule.demand.endswith(".")


def test_what_only_informs_is_what_is_due_what_protects_and_whose_decision_is_needed() -> None:
    assert {rule.name for rule in RULES if rule.severity is Severity.INFORMS} == {
        "maximum_tenure",
        "protective_circumstance",
        "approval_within",
        "approval_of_governor",
        "approval_of_minister",
        "approval_of_bkn",
        "approval_of_civil_registry",
        "consultation_on_inspectorate",
    }


def test_what_holds_for_every_post_is_asked_of_the_person_alone() -> None:
    assert {rule.name for rule in RULES if rule.of_person} == {
        "active_service",
        "no_running_sanction",
        "minimum_tenure",
        "maximum_tenure",
        "own_request_lock",
        "good_appraisals",
        "protective_circumstance",
    }


def test_an_ineligible_pair_is_counted_under_each_rule_that_blocks_it() -> None:
    three = {name: np.repeat(value, 3, axis=0) for name, value in columns(ALLOWED).items()} | {
        "standing_number": np.array([1.0, 3.0, 3.0]),
        "is_closed": np.array([False, False, True]),
    }
    verdict = judge(RULES, Case(DAY, 3, three.__getitem__))

    assert verdict.eligible.tolist() == [True, False, False]
    assert verdict.objections.tolist() == [0, 1, 2]
    assert verdict.blocked_by_rule() == {"active_service": 2, "post_exists": 1}


def test_a_value_that_all_pairs_share_is_judged_as_if_repeated() -> None:
    shared = {name: value[0] for name, value in columns(ALLOWED).items()}
    grades = np.array([9.0, 5.0])
    verdict = judge(RULES, Case(DAY, 2, lambda name: grades if name == "grade" else shared[name]))

    assert verdict.eligible.tolist() == [True, False]
    facts = verdict.findings([1])[0][0].facts
    assert facts == {"grade": 5.0, "lowest": 9.0, "highest": 12.0}
    assert {type(value) for value in facts.values()} == {float}


def test_the_law_has_no_value_before_the_regulation() -> None:
    with pytest.raises(LawSilent) as told:
        Law(date(2017, 4, 6))("tenure.minimum_years")

    assert told.value.params["on"] == date(2017, 4, 6)
    assert told.value.params["since"] == date(2017, 4, 7)


def test_an_unknown_parameter_is_an_error() -> None:
    with pytest.raises(LookupError, match="no parameter tenure"):
        Law(date(2024, 1, 1))("tenure.maximum_moons")


def test_a_later_entry_of_a_parameter_counts_from_its_day(monkeypatch: pytest.MonkeyPatch) -> None:
    entries = [
        {"since": date(2017, 4, 7), "value": 2},
        {"since": date(2030, 1, 1), "value": 3},
    ]
    monkeypatch.setattr("mutasi.rules._law._parameters", lambda: {"tenure.minimum_years": entries})

    assert Law(date(2029, 12, 31))("tenure.minimum_years") == 2
    assert Law(date(2030, 1, 1))("tenure.minimum_years") == 3


def test_a_case_knows_only_columns_that_exist() -> None:
    with pytest.raises(KeyError):
        _ = Case(DAY, 1, dict[str, np.ndarray[Any, Any]]().__getitem__).hair_colour


def test_a_rule_of_the_person_reads_nothing_of_the_position() -> None:
    region = snapshot(
        date(2024, 6, 1),
        units=[{"unit_id": "U1"}],
        positions=[{"position_id": "P1"}],
        employees=[{"employee_id": "A"}],
    )
    staff = region.pairs(np.arange(1), 0)
    of_person = [rule for rule in RULES if rule.of_person]

    judged = judge(of_person, Case(DAY, 1, staff.employee_column))

    assert len(judged.judgements) == len(of_person) > 0
    with pytest.raises(KeyError):
        staff.employee_column("lowest_grade")


def test_what_is_known_of_the_persons_is_not_judged_again() -> None:
    facts = columns(ALLOWED)
    of_person = [rule for rule in RULES if rule.of_person]
    known = judge(of_person, Case(DAY, 1, facts.__getitem__))

    verdict = judge(RULES, Case(DAY, 1, facts.__getitem__), known)

    reused = dict(zip((rule.name for rule, _ in known.judgements), known.judgements, strict=True))
    assert [rule for rule, _ in verdict.judgements] == list(RULES)
    assert all(
        judgement is reused[rule.name][1]
        for rule, judgement in verdict.judgements
        if rule.of_person
    )
