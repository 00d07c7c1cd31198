"""A letter as a PDF: the same bytes for the same letter, fonts embedded, nothing fetched.

The font (Roboto, Apache License 2.0) has Latin with all diacritics that Unicode has letters
for, Greek and Cyrillic.  What it does not have, such as Arabic or Javanese script, is told by
its code point, and the letter says so: never a box that could be anything.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final
from unicodedata import normalize
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from mutasi.i18n import render
from mutasi.letters import Letter

FONTS: Final = Path(__file__).parent / "fonts"
for name in ("Roboto-Regular", "Roboto-Bold"):
    pdfmetrics.registerFont(TTFont(name, FONTS / f"{name}.ttf"))

TEXT: Final = ParagraphStyle(
    "text", fontName="Roboto-Regular", fontSize=10, leading=15, spaceAfter=4
)
TITLE: Final = ParagraphStyle("title", TEXT, fontName="Roboto-Bold", fontSize=14, leading=20)
HEADING: Final = ParagraphStyle(
    "heading", TEXT, fontName="Roboto-Bold", spaceBefore=8, spaceAfter=2, keepWithNext=True
)
ITEM: Final = ParagraphStyle("item", TEXT, leftIndent=12, bulletIndent=0)
MARGIN: Final = 25 * mm


def pdf(letter: Letter) -> bytes:
    """Return a letter as PDF, A4."""
    made = BytesIO()
    document = SimpleDocTemplate(
        made,
        pagesize=A4,
        leftMargin=MARGIN,
        rightMargin=MARGIN,
        topMargin=MARGIN,
        bottomMargin=MARGIN,
        title=letter.title,
        author="Mutasi",
        lang=letter.language,
        invariant=1,
    )
    document.build(_flow(letter))
    return made.getvalue()


def _flow(letter: Letter) -> list[Flowable]:
    flow: list[Flowable] = [_said(letter.title, TITLE), _said(letter.day, TEXT), Spacer(1, 8)]
    flow += [_said(line, TEXT) for line in letter.addressee]
    flow += [Spacer(1, 8), _said(letter.opening, TEXT)]
    for section in letter.sections:
        flow.append(_said(section.heading, HEADING))
        flow += [_said(sentence, ITEM, "•") for sentence in section.sentences]
    flow += [Spacer(1, 12), _said(letter.closing, TEXT)]
    if any(_drawn(line, TEXT) != normalize("NFC", line) for line in _lines(letter)):
        flow += [Spacer(1, 8), _said(render("letter.by_code_point", letter.language), TEXT)]
    return flow


def _lines(letter: Letter) -> Iterator[str]:
    yield from (letter.title, letter.day, *letter.addressee, letter.opening, letter.closing)
    for section in letter.sections:
        yield from (section.heading, *section.sentences)


def _said(text: str, style: ParagraphStyle, bullet: str | None = None) -> Paragraph:
    """Return a paragraph; what looks like markup is text."""
    return Paragraph(escape(_drawn(text, style)), style, bulletText=bullet)


def _drawn(text: str, style: ParagraphStyle) -> str:
    """Return a text whose every letter its font has: of others the code point."""
    has = pdfmetrics.getFont(style.fontName).face.charToGlyph
    composed = normalize("NFC", text)
    return "".join(one if ord(one) in has else f"[U+{ord(one):04X}]" for one in composed)
