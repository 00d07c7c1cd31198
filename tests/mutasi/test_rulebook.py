"""docs/rules.md says what the rules say."""

from mutasi.rulebook import parameters, rulebook
from mutasi.rules import RULES, entries
from tests.architecture.checkout import ROOT


def test_the_document_is_current() -> None:
    assert (ROOT / "docs" / "rules.md").read_text(encoding="utf-8") == rulebook()


def test_every_parameter_that_a_rule_asks_for_has_a_reference() -> None:
    for rule in RULES:
        for name in parameters(rule):
            assert all(entry["reference"] for entry in entries(name)), name
