"""The mutation run makes the changes it promises, and tells who survives."""

import subprocess
import sys
from io import StringIO

import pytest
from rich.console import Console

from tests.architecture.checkout import ROOT
from tests.mutation import code, parameters
from tests.mutation.mutant import Mutant, mutants_by
from tests.mutation.report import Score, exclusions, show, show_survivor, split
from tests.mutation.trial import Outcome, mutants


@pytest.mark.parametrize(
    ("line", "changes"),
    [
        ("a < b", ["a <= b", "a >= b"]),
        ("a >= b", ["a > b", "a < b"]),
        ("a == b", ["a != b"]),
        ("~a & b", ["(~a | b)", "(~a)", "(b)", "(a) & b"]),
        ("a - 12", ["(a + 12)", "a - 13", "a - 11"]),
        ("own = False", ["own = True"]),
        ("np.where(a, b, c)", ["np.where(a, c, b)"]),
        ("np.isnan(a)", ["np.zeros(np.shape(a), bool)"]),
        ("np.fmax(a, b)", ["np.fmin(a, b)"]),
        ("Severity.WARNS", ["Severity.INFORMS"]),
        ("Judgement(breached=a, unknown=b)", ["Judgement(breached=False, unknown=b)"]),
        ("find(a, clears_on=b)", ["find(a, )"]),
        ("zip(a, strict=True)", []),
        ("def f(a: int | None) -> None: 'Say 1 < 2.'", []),
    ],
)
def test_code_is_changed_one_thing_at_a_time(line: str, changes: list[str]) -> None:
    made = [mutant.becomes for mutant in mutants_by(code.edits(line + "\n"), "a.py", line + "\n")]

    assert made[: len(changes)] == changes
    assert bool(made) == bool(changes)


def test_a_rule_that_blocks_every_pair_is_made_one_that_warns_and_one_of_the_person() -> None:
    line = '@rule(basis="PP 1")\ndef f(): pass\n'

    made = [mutant.becomes for mutant in mutants_by(code.edits(line), "a.py", line)]

    assert made == ['@rule(basis="PP 1", severity="warns")', '@rule(basis="PP 1", of_person=True)']


def test_numbers_days_and_entries_of_the_law_are_changed() -> None:
    text = 'since = 2020-01-01\nvalue = { "II.a" = 2, B = 0.90 }\nreference = "PP 11/2017"\n'

    made = [mutant.becomes for mutant in mutants_by(parameters.edits(text), "a.toml", text)]

    assert made == [
        "since = 2020-01-02",
        "since = 2019-12-31",
        'value = { "II.a" = 3, B = 0.90 }',
        'value = { "II.a" = 1, B = 0.90 }',
        'value = { "II.a" = 2, B = 0.91 }',
        'value = { "II.a" = 2, B = 0.89 }',
        "value = { B = 0.90 }",
        'value = { "II.a" = 2, }',
    ]


def test_mutants_of_the_rules_can_be_read() -> None:
    for mutant in mutants()[::20]:
        if mutant.file.endswith(".py"):
            compile(mutant.text, mutant.file, "exec")


def test_every_exclusion_names_one_mutant_and_says_why() -> None:
    made = mutants()

    tried, excluded = split(made, exclusions())

    assert len(tried) + excluded.total() == len(made)
    assert all(len(reason.split()) > 3 for reason in exclusions().values())


def test_an_exclusion_of_no_mutant_is_an_error() -> None:
    with pytest.raises(LookupError, match="0 mutants instead of one"):
        split([], {("a.py", "a < b", "a <= b"): "no pair is on the bound"})


def test_the_score_and_the_survivors_are_told() -> None:
    score = Score()
    survivor = Mutant("a.py", 7, "a < b", "a <= b", "")
    score.add(survivor, Outcome.SURVIVED)
    score.add(Mutant("a.py", 7, "a < b", "a >= b", ""), Outcome.KILLED)
    paper = StringIO()

    show_survivor(survivor, Console(file=paper))
    show(score, Console(file=paper, width=100))

    assert score.percent == 50.0
    assert "mutasi/rules/a.py:7\n  - a < b\n  + a <= b\n" in paper.getvalue()
    assert "50.0 %" in paper.getvalue()


def test_the_run_kills_what_the_cases_of_law_notice() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "tests.mutation", "protection.py", "--jobs=1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert run.returncode == 0, run.stdout + run.stderr
    assert "100.0 %" in run.stdout
