"""Numbers and codes as words, for what several areas tell of."""

from models import explanation
from models.receipt import POINT_DIGITS
from models.recommender import Recommender
from mutasi import rules
from mutasi.i18n import render, word
from mutasi.sentences import finding_sentence, reason_sentence
from serving.nouns import Finding, Position, Reason, RuleKept


class Teller:
    """Puts one answer into words; a position is looked up once.

    Args:
        recommender: What gave the answer; knows the positions.
        language: Of the words.
    """

    def __init__(self, recommender: Recommender, language: str) -> None:
        self.recommender = recommender
        self.language = language
        self._positions: dict[str, Position] = {}

    def position(self, position_id: str) -> Position:
        """Return a position, its function in words."""
        known = self._positions.get(position_id)
        if known is None:
            post = self.recommender.vacancy(position_id)
            named = word_of("function", post.function, self.language)
            known = Position(position_id, post.title, post.unit_name, post.function, named)
            self._positions[position_id] = known
        return known

    def reason(self, reason: explanation.Reason) -> Reason:
        """Return a reason for or against a position, as a sentence."""
        return Reason(
            aspect=reason.aspect,
            concept=reason.concept,
            label=render(f"concept.{reason.concept}.label", self.language),
            effect=round(reason.effect, POINT_DIGITS),
            sentence=reason_sentence(
                reason.concept, reason.aspect, reason.effect, reason.facts, self.language
            ),
        )

    def finding(self, finding: rules.Finding) -> Finding:
        """Return what a rule says, as a sentence."""
        return Finding(
            rule=finding.rule,
            label=render(f"rule.{finding.rule}.label", self.language),
            severity=finding.severity,
            basis=finding.basis,
            sentence=finding_sentence(finding, self.language),
            clears_on=finding.clears_on,
            is_unknown=finding.is_unknown,
        )

    def kept(self, rule: str, basis: str) -> RuleKept:
        """Return a rule that objects nothing."""
        return RuleKept(rule, render(f"rule.{rule}.label", self.language), basis)


def word_of(section: str, code: str | None, language: str) -> str | None:
    """Return a code in words; None where there is none."""
    return None if code is None else word(section, code, language)
