"""Words: the same keys, the same placeholders, the marks of each language."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mutasi import i18n
from mutasi.errors import Conflict, Forbidden, Invalid, MutasiError, NotFound, Unavailable
from mutasi.vocabulary import ACTIVE, COMPETENCIES, FIELDS, FUNCTIONS, SanctionLevel

KINDS = (NotFound, Conflict, Invalid, Forbidden, Unavailable)
ROOT = Path(i18n.__file__).parents[1]


def leaves() -> list[type[MutasiError]]:
    """Return every error that may be raised."""
    return [leaf for kind in KINDS for leaf in kind.__subclasses__()]


def raised(tree: ast.AST) -> Iterator[tuple[str, frozenset[str]]]:
    """Yield each error built in a module, with the names of its values."""
    codes = {leaf.__name__: leaf.code for leaf in leaves()}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            if name in codes and all(keyword.arg for keyword in node.keywords):
                yield codes[name], frozenset(str(keyword.arg) for keyword in node.keywords)


def test_every_language_has_the_same_keys() -> None:
    first, *others = (set(i18n.keys(language)) for language in i18n.LANGUAGES)

    assert all(other == first for other in others)


@pytest.mark.parametrize("key", [key for key in i18n.keys("id") if key != "format.months"])
def test_every_language_needs_the_same_values(key: str) -> None:
    needed = [
        [i18n.placeholders(template) for template in i18n.variants(key, language)]
        for language in i18n.LANGUAGES
    ]

    assert needed[0] == needed[1]


@pytest.mark.parametrize("error", leaves(), ids=lambda leaf: str(leaf.code))
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_error_has_words(error: type[MutasiError], language: str) -> None:
    assert i18n.has_words(f"error.{error.code}", language)


@pytest.mark.parametrize("package", ["mutasi", "features", "models", "pipelines", "serving"])
def test_every_raised_error_brings_the_values_that_its_words_need(package: str) -> None:
    short = [
        f"{path.relative_to(ROOT)}: {code} lacks {sorted(missing)}"
        for path in sorted((ROOT / package).rglob("*.py"))
        for code, given in raised(ast.parse(path.read_text(encoding="utf-8")))
        if (missing := i18n.placeholders(i18n.variants(f"error.{code}", "id")[0]) - given)
    ]

    assert not short


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("function", FUNCTIONS),
        ("field", FIELDS),
        ("competency", COMPETENCIES),
        ("severity", tuple(SanctionLevel)),
        ("standing", (ACTIVE,)),
        ("rung", ("II.a", "II.b", "III.a", "III.b", "IV.a", "IV.b")),
        ("rung", ("PM", "TR", "MH", "PY", "PT", "MU", "MA", "UT")),
    ],
)
@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_every_code_has_words(section: str, codes: tuple[str, ...], language: str) -> None:
    assert all(i18n.word(section, code, language) for code in codes)


def test_a_function_of_the_agency_s_own_reads_as_recorded() -> None:
    assert i18n.word("function", "rumah_sakit", "id") == "rumah sakit"


def test_an_unknown_code_of_a_closed_list_is_refused() -> None:
    with pytest.raises(KeyError, match=r"field\.alchemy"):
        i18n.word("field", "alchemy", "id")


def test_a_missing_key_is_refused() -> None:
    with pytest.raises(KeyError, match=r"no words for error\.unheard_of in id"):
        i18n.render("error.unheard_of", "id")


def test_a_missing_language_is_refused() -> None:
    with pytest.raises(KeyError):
        i18n.render("error.token_invalid", "fr")


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(KeyError, match="employee_id"):
        i18n.render("error.employee_not_found", "id")


@pytest.mark.parametrize(
    ("value", "spec", "indonesian", "english"),
    [
        pytest.param(1234.5, ".1f", "1.234,5", "1,234.5", id="a number"),
        pytest.param(-1234.56, "+.2f", "-1.234,56", "-1,234.56", id="with a sign"),
        pytest.param(1.0, "+.1f", "+1,0", "+1.0", id="with a plus"),
        pytest.param(0.875, ".1%", "87,5%", "87.5%", id="per cent"),
        pytest.param(1_000_000, "d", "1.000.000", "1,000,000", id="a whole number"),
        pytest.param(6.25, ",.12g", "6,25", "6.25", id="as short as it goes"),
    ],
)
def test_numbers_have_the_marks_of_the_language(
    value: float, spec: str, indonesian: str, english: str
) -> None:
    assert i18n.number(value, "id", spec) == indonesian
    assert i18n.number(value, "en", spec) == english


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_has_a_name(month: int) -> None:
    names = {i18n.day(date(2024, month, 3), language) for language in i18n.LANGUAGES}

    assert all(name.startswith("3 ") and name.endswith(" 2024") for name in names)


def test_the_first_variant_whose_values_are_all_known_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said = {"x": ["{a:d} of {b:d}", "{a:d}", "nothing"]}
    monkeypatch.setattr(
        i18n, "_catalogue", lambda _: said | {"format.thousands": ",", "format.decimal": "."}
    )

    assert i18n.render_first("x", "en", {"a": 1.0, "b": 2}) == "1 of 2"
    assert i18n.render_first("x", "en", {"a": 1, "b": None}) == "1"
    assert i18n.render_first("x", "en", {"a": float("nan")}) == "nothing"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        pytest.param("id-ID,id;q=0.9,en;q=0.8", "id", id="Indonesian first"),
        pytest.param("en;q=0.3,id;q=0.2", "en", id="by weight"),
        pytest.param("in", "id", id="the old code of Indonesian"),
        pytest.param("fr,en;q=0.5", "en", id="the first that is spoken"),
        pytest.param("en;q=0", "id", id="refused by weight zero"),
        pytest.param("en;q=much", "id", id="a weight that is no number"),
        pytest.param("*", "id", id="any"),
        pytest.param("", "id", id="nothing"),
    ],
)
def test_language_is_negotiated(header: str, language: str) -> None:
    assert i18n.negotiated(header) == language


@pytest.mark.parametrize(
    ("grade", "name", "contract"),
    [
        (1, "I/a", "I"),
        (4, "I/d", "IV"),
        (5, "II/a", "V"),
        (12, "III/d", "XII"),
        (17, "IV/e", "XVII"),
    ],
)
def test_grades_have_their_official_names(grade: int, name: str, contract: str) -> None:
    assert i18n.grade(grade) == name
    assert i18n.contract_grade(grade) == contract


@pytest.mark.parametrize("value", [0, 18])
def test_a_grade_that_is_none_is_refused(value: int) -> None:
    with pytest.raises(ValueError, match="no grade"):
        i18n.grade(value)
    with pytest.raises(ValueError, match="no grade"):
        i18n.contract_grade(value)
