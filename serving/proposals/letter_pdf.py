"""A letter as a PDF: the same bytes for the same letter, fonts embedded, nothing fetched."""

from io import BytesIO
from typing import Final
from xml.sax.saxutils import escape

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate, Spacer

from mutasi.letters import Letter

for name, file in (("Vera", "Vera.ttf"), ("Vera-Bold", "VeraBd.ttf")):
    pdfmetrics.registerFont(TTFont(name, file))

TEXT: Final = ParagraphStyle("text", fontName="Vera", fontSize=10, leading=15, spaceAfter=4)
TITLE: Final = ParagraphStyle("title", TEXT, fontName="Vera-Bold", fontSize=14, leading=20)
HEADING: Final = ParagraphStyle(
    "heading", TEXT, fontName="Vera-Bold", spaceBefore=8, spaceAfter=2, keepWithNext=True
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
    return [*flow, Spacer(1, 12), _said(letter.closing, TEXT)]


def _said(text: str, style: ParagraphStyle, bullet: str | None = None) -> Paragraph:
    """Return a paragraph; what looks like markup is text."""
    return Paragraph(escape(text), style, bulletText=bullet)
