"""Sentences of advice: how sure a contrast of two people is, what a lever would do.

Numbers come in, words go out, as in :mod:`mutasi.sentences`.  Nothing here is told as
certain, and nothing as a promise.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

from mutasi.i18n import render, render_first

PERCENT, EVEN = 100.0, 0.5
OF_CHANCES = "acceptance"
ANOTHER_POST = "nearer_unit"
"""The lever that is another post: its subject is a position."""


class Span(Protocol):
    """What a change does to a prediction, as :class:`models.levers.Effect` says it."""

    @property
    def aspect(self) -> str:
        """The prediction: ``performance`` or ``acceptance``."""

    @property
    def size(self) -> float:
        """By how much it rises: T points, or chance."""

    @property
    def low(self) -> float:
        """Lower end of the 90% interval."""

    @property
    def high(self) -> float:
        """Upper end."""

    @property
    def is_told_from_nothing(self) -> bool:
        """Whether the interval leaves zero out."""


def contrast_heading(
    first: str, second: str, title: str, unit: str, language: str, *, is_told_apart: bool
) -> str:
    """Return who comes before whom for what, or that this cannot be told.

    >>> contrast_heading("Ani", "Budi", "Perawat", "RSUD", "en", is_told_apart=True)
    'Ani before Budi: Perawat, RSUD'
    """
    key = "contrast.before" if is_told_apart else "contrast.level"
    return render(key, language, first=first, second=second, title=title, unit=unit)


def certainty_sentence(
    sureness: str, certainty: float, first: str, second: str, language: str
) -> str:
    """Return how sure it is who of two comes out better.

    Args:
        sureness: ``sure``, ``leaning`` or ``undecided``.
        certainty: Share of the ways to read the past in which the first does.
        first: What the first is called.
        second: What the second is called.
        language: Of the sentence.

    >>> certainty_sentence("leaning", 0.126, "Ani", "Budi", "en")
    'In 87% of the ways to read the past Budi comes out better than Ani: likely, but not settled.'
    """
    ahead, behind = (first, second) if certainty >= EVEN else (second, first)
    share = max(certainty, 1.0 - certainty)
    return render(f"contrast.{sureness}", language, share=share, ahead=ahead, behind=behind)


def lever_sentence(
    name: str, facts: Mapping[str, object], effect: Span, beside: Span | None, language: str
) -> str:
    """Return what a lever would do, without a full stop.

    What it does beside is told where that is more than nothing, and always of
    another post.

    Args:
        name: The lever.
        facts: Its ``subject`` and ``amount``, and the ``unit`` of another post.
        effect: What it does to the prediction that it is meant for.
        beside: What it does to the other prediction, of which there may be none.
        language: Of the sentence.

    Raises:
        KeyError: If the lever has no words.
    """
    what = render_first(f"lever.{name}", language, facts)
    own = _effect(effect, language)
    if beside is None or not (name == ANOTHER_POST or beside.is_told_from_nothing):
        text = render("lever.sentence", language, what=what, effect=own)
    else:
        other = _effect(beside, language)
        text = render("lever.beside", language, what=what, effect=own, beside=other)
    return text[0].upper() + text[1:]


def caveats(effect: Span, language: str, *, is_familiar: bool) -> Sequence[str]:
    """Return what must be said beside a lever: sentences, none where nothing must."""
    cases = {"unfamiliar": not is_familiar, "nothing": not effect.is_told_from_nothing}
    return [render(f"lever.{case}", language) for case, holds in cases.items() if holds]


def _effect(span: Span, language: str) -> str:
    scale = PERCENT if span.aspect == OF_CHANCES else 1.0
    spans = {"size": span.size, "low": span.low, "high": span.high}
    sizes = {name: round(scale * value, 1) + 0.0 for name, value in spans.items()}  # never −0.0
    return render(f"lever.{span.aspect}", language, **sizes)
