"""The letter to the employee (M12): purpose, reasons, benefits, support, rights, in two forms."""

import re
from datetime import date
from html import unescape
from io import BytesIO

import pytest
from markupsafe import escape
from pypdf import PdfReader

from mutasi.letters import Letter, Move, letter
from mutasi.store import cases, session
from serving.proposals.acting import KIND
from serving.proposals.letter_page import page
from serving.proposals.letter_pdf import pdf
from serving.proposals.letters import letter_about
from tests.serving.proposals.conftest import TO_OFFER, Cast

HEADINGS = {
    "id": ["Tujuan", "Mengapa Saudara", "Manfaat bagi Saudara", "Dukungan", "Hak Saudara"],
    "en": ["Purpose", "Why you", "What it brings you", "Support", "Your rights"],
}


def text_of(content: bytes) -> str:
    """Return the text of a PDF, its lines joined."""
    pages = PdfReader(BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text().split()) for page in pages)


def said(made: Letter) -> list[str]:
    """Return everything that a letter says."""
    parts = [line for one in made.sections for line in (one.heading, *one.sentences)]
    return [made.title, made.day, *made.addressee, made.opening, *parts, made.closing]


@pytest.mark.parametrize("language", ["id", "en"])
def test_m12_page_and_pdf_say_the_same_of_purpose_benefits_support_and_rights(
    cast: Cast, language: str
) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER)

    shown = cast.get("employee", f"/{proposal}/letter", lang=language)
    printed = cast.get("employee", f"/{proposal}/letter.pdf", lang=language)

    assert (shown.status_code, printed.status_code) == (200, 200)
    assert shown.headers["content-type"] == "text/html; charset=utf-8"
    assert printed.headers["content-type"] == "application/pdf"
    with session.reading(cast.app.state.region.store.engine) as work:
        made = letter_about(cases.case(work, KIND, proposal), language)
    read, seen = text_of(printed.content), " ".join(unescape(shown.text).split())
    for line in said(made):
        assert " ".join(line.split()) in read
        assert " ".join(line.split()) in seen
    assert [heading for heading in HEADINGS[language] if heading not in read] == []


def test_m12_it_tells_the_last_days_for_answer_and_objection(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER)

    read = text_of(cast.get("employee", f"/{proposal}/letter.pdf", lang="en").content)

    assert "until 15 April 2026" in read
    assert "until 21 April 2026" in read
    assert "PP 79/2021" in read
    assert "UU 27/2022" in read


def test_m15_it_tells_what_support_the_offer_grants(cast: Cast) -> None:
    proposal = cast.proposed()
    cast.done(proposal, *TO_OFFER[:3])
    offer = {"answer_by": "2026-04-15", "support": ["training", "transport"]}
    assert cast.post("analyst", f"/{proposal}/offer", offer).status_code == 200

    read = text_of(cast.get("employee", f"/{proposal}/letter.pdf", lang="en").content)

    assert "You receive training for the new work." in read
    assert "You receive transport to the place of work." in read


def test_the_reasons_are_those_of_the_recommendation(cast: Cast) -> None:
    proposal = cast.proposed()
    ranked = cast.callers["analyst"].get(
        f"/v1/vacancies/{cast.move.position_id}/candidates", params={"limit": 200, "lang": "en"}
    )
    mine = next(
        one for one in ranked.json()["recommended"] if one["employee"]["nip"] == cast.move.nip
    )

    text = cast.get("employee", f"/{proposal}/letter", lang="en").text

    against = [each["sentence"] for each in mine["reasons"] if each["effect"] < 0][:2]
    speaks_for = [each["sentence"] for each in mine["reasons"] if each["effect"] > 0]
    assert speaks_for
    for sentence in [*against, *speaks_for[:2]]:
        assert sentence in unescape(text)


def test_the_form_follows_what_the_caller_accepts(cast: Cast) -> None:
    proposal = cast.proposed()

    def kind(accept: str) -> str:
        answer = cast.callers["analyst"].get(
            f"/v1/proposals/{proposal}/letter", headers={"Accept": accept}
        )
        return str(answer.headers["content-type"])

    assert kind("application/pdf") == "application/pdf"
    assert kind("text/html,application/pdf;q=0.5").startswith("text/html")
    assert kind("*/*").startswith("text/html")


def test_the_same_letter_is_the_same_bytes(cast: Cast) -> None:
    proposal = cast.proposed()

    first, second = (cast.get("analyst", f"/{proposal}/letter.pdf").content for _ in range(2))

    assert first == second


def test_a_page_loads_nothing_and_runs_nothing(cast: Cast) -> None:
    proposal = cast.proposed()

    answer = cast.get("analyst", f"/{proposal}/letter")

    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert re.search(r"https?://|<script|<img|<link", answer.text) is None


MOVE = Move(
    employee_id="198505172010012001",
    employee_name="Pegawai Contoh",
    title="Perawat",
    unit_name="Puskesmas Satu",
    origin_title=None,
    origin_unit_name=None,
    purpose="vacancy",
    until=None,
    reasons=(),
    predicted=None,
    levers=(),
    granted=(),
    answer_by=None,
    object_by=None,
    told_on=date(2026, 4, 1),
)
TRICKS = {
    "markup": '<img src="http://127.0.0.1/x"/><b>Budi</b> & {{ 7*7 }}',
    "right to left": "Budi \u202emoc.live",
    "no glyph": "Budi 漢字 🙂",
    "combining": "Bu\u0301di\u200d",
    "quotes": 'Budi "\'" O\u2019Neil',
}


@pytest.mark.parametrize("name", TRICKS.values(), ids=TRICKS)
def test_a_name_is_text_whatever_it_looks_like(name: str) -> None:
    made = letter(_called(name), "id")

    assert f"<address>{_escaped(name)}<br>" in page(made).decode()
    read = text_of(pdf(made))
    assert ("B\u00fadi" if "\u0301" in name else "Bud") in read
    assert "49" not in read
    assert pdf(made) == pdf(made)


def test_who_holds_no_post_is_placed_and_nothing_is_made_up() -> None:
    made = letter(MOVE, "en")
    by_name = {one.name: one.sentences for one in made.sections}

    assert made.opening == "It is proposed that you take the post Perawat · Puskesmas Satu."
    assert by_name["why"][0].startswith("No reasons from the records")
    assert by_name["benefits"][0].startswith("The records show no particular benefit")
    assert "cautions" not in by_name


def parts(language: str = "en", **more: object) -> dict[str, str]:
    """Return what a letter says under each heading."""
    made = letter(Move(**{**vars(MOVE), **more}), language)
    return {one.name: " ".join(one.sentences) for one in made.sections}


def foreseen(gain: float) -> dict[str, object]:
    return {"has_evidence": True, "gain": gain, "gain_low": gain - 4.0, "gain_high": gain + 4.0}


@pytest.mark.parametrize(("language", "shown"), [("id", "-3,2"), ("en", "-3.2")])
def test_m12_a_loss_is_told_on_page_and_pdf_and_not_as_a_benefit(language: str, shown: str) -> None:
    move = Move(**{**vars(MOVE), "predicted": foreseen(-3.2)})
    made, told = letter(move, language), parts(language, predicted=foreseen(-3.2))

    assert shown in told["cautions"].replace("\u2212", "-")
    assert shown not in told["benefits"].replace("\u2212", "-")
    line = next(one for part in made.sections for one in part.sentences if part.name == "cautions")
    assert " ".join(line.split()) in text_of(pdf(made))
    assert str(escape(line)) in page(made).decode()


@pytest.mark.parametrize(("gain", "name"), [(3.2, "benefits"), (0.04, "cautions")])
def test_only_a_performance_that_rises_is_a_benefit(gain: float, name: str) -> None:
    told = parts(predicted=foreseen(gain))

    assert [part for part, said in told.items() if "T points" in said] == [name]


@pytest.mark.parametrize(
    ("concept", "facts", "name"),
    [
        pytest.param("distance", {"distance_change_km": 40.0}, "why", id="a longer way"),
        pytest.param("distance", {"distance_change_km": -40.0}, "benefits", id="a shorter way"),
        pytest.param("level_step", {"levels_up": -1.0}, "why", id="a step down"),
        pytest.param("level_step", {"levels_up": 1.0}, "benefits", id="a step up"),
        pytest.param("training", {"training_hours": 0.0}, "why", id="no training"),
    ],
)
def test_a_reason_is_a_benefit_only_where_its_facts_are_good_for_the_person(
    concept: str, facts: dict[str, float], name: str
) -> None:
    facts = {"distance_then_km": 50.0, **facts}
    reason = {"aspect": "performance", "concept": concept, "effect": 1.0, "facts": facts}
    bare, told = parts(), parts(reasons=[reason])

    assert [part for part, said in told.items() if said != bare[part]] == [name]


def _called(name: str) -> Move:
    return Move(**{**vars(MOVE), "employee_name": name})


def _escaped(name: str) -> str:
    return str(escape(name))
