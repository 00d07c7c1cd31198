"""What the files of long work are called: jobs write them, the service hands them out."""

from typing import Final

REPORT_FILE: Final = "report.json"
"""What is told of a plan or of an import."""

QUARANTINE_FILE: Final = "quarantine.json"
"""Rows that an import did not take."""

PLAN_FILE: Final = "plan.json"
"""The plan's own file: the question beside the answer."""

VERDICTS_FILE: Final = "verdicts.json"
"""What the checker says of each plan's own file, by the name of that file."""

LETTERS_FILE: Final = "letters.json"
PROPOSAL_FILE: Final = "proposal.json"

PLAN_FILES: Final = (
    PLAN_FILE,
    "plan.*.json",
    "plan.*.html",
    "plan.*.xlsx",
    LETTERS_FILE,
    PROPOSAL_FILE,
)
"""What the files of a plan are called beside its report."""


def plan_file_by(outcome: str) -> str:
    """Return what the own file of the plan by another definition of the outcome is called."""
    return f"plan.{outcome}.json"


def plan_in_words(language: str, kind: str) -> str:
    """Return what a plan as ``html`` or ``xlsx`` is called."""
    return f"plan.{language}.{kind}"
