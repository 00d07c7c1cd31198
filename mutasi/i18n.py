"""Words: a key and its values, said in the reader's language.

The catalogues lie in ``mutasi/locales/<language>.toml``.  A template is a
Python format string whose fields know the language:

=====================  ===================================================
``{km:.1f}``           a number, grouped and with the language's marks
``{count:d}``          a whole number, grouped
``{share:.0%}``        a share as per cent
``{share:chance}``     a chance as per cent, never as certain
``{change:+.1f}``      a number with its sign
``{year}``             anything as it is; a number ungrouped
``{since:day}``        a day in words (ISO text is understood too)
``{grade:grade}``      1 to 17 as I/a to IV/e
``{grade:contract}``   1 to 17 as I to XVII, the grades of PPPK
``{x:function}``       a code's words, looked up in the section ``[function]``;
                       of codes with ``, `` between, the words of each
``{x:rule}``           what rules are called, by their names
``{x:demand}``         what a plan must keep to, as a request writes it, in words;
                       one or several
=====================  ===================================================

Code carries keys, never words; only the edges (``serving``, ``pipelines``)
turn one into the other.
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from math import isnan
from string import Formatter
from typing import Any

LANGUAGES = ("id", "en")
"""Languages with a catalogue; the first is the one used when none is asked for."""

WORD_SECTIONS = (
    "act",
    "answer",
    "authority",
    "case_state",
    "cell",
    "competency",
    "deviation",
    "education",
    "employee_kind",
    "field",
    "function",
    "job_state",
    "office",
    "pair_problem",
    "position_kind",
    "predicate",
    "purpose",
    "request_problem",
    "role",
    "rung",
    "severity",
    "standing",
    "unreadable",
    "webhook_fault",
)
"""Sections whose keys are codes, usable as a format: ``{x:function}``."""

OPEN_SECTIONS = frozenset({"education", "function", "rung", "standing", "unreadable"})
"""Sections whose codes others may extend: an unknown one reads as recorded."""

CERTAIN = 0.99
"""Chance beyond which a figure would claim more than can be known."""

_ALIASES = {"in": "id"}
_DEMAND = re.compile(r"\w+\([^()]*\)")
_NAMED = re.compile(r"(\w+)=(.*?)(?=, \w+=|$)")
_COUNTS = ("least", "most")
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_GRADES_PER_RANK = 4
_HIGHEST_GRADE = 17


def render(key: str, language: str, **params: object) -> str:
    """Return the sentence of a key in a language.

    Values that the template does not use are ignored.

    Raises:
        KeyError: If the language, the key or a value for a placeholder is missing.

    >>> render("error.employee_not_found", "en", employee_id="1987")
    'No employee has the number 1987.'
    """
    template = _leaf(key, language)
    if not isinstance(template, str):
        raise KeyError(f"{key} in {language} is not one sentence")
    return _said(template, language, params)


def render_first(key: str, language: str, params: Mapping[str, object]) -> str:
    """Return the first variant of a key for which every value is at hand.

    A key's variants stand from the most to the least telling; the last needs
    no value.  ``None`` and NaN count as not at hand.

    Raises:
        KeyError: If the language or the key is missing, or no variant fits.
    """
    for template in variants(key, language):
        if not any(_is_missing(params.get(name)) for name in placeholders(template)):
            return _said(template, language, params)
    raise KeyError(f"no variant of {key} in {language} fits {sorted(params)}")


def has_words(key: str, language: str) -> bool:
    """Return whether the key is in the language's catalogue.

    >>> has_words("error.employee_not_found", "id")
    True
    """
    return key in _catalogue(language)


def keys(language: str) -> tuple[str, ...]:
    """Return every key of a language's catalogue, in its order."""
    return tuple(_catalogue(language))


def variants(key: str, language: str) -> tuple[str, ...]:
    """Return the templates of a key, one or several.

    Raises:
        KeyError: If the language or the key is missing.
    """
    leaf = _leaf(key, language)
    return (leaf,) if isinstance(leaf, str) else tuple(leaf)


@cache
def placeholders(template: str) -> frozenset[str]:
    """Return the names of the values that a template needs.

    >>> sorted(placeholders("{km:.1f} km on {since:day}"))
    ['km', 'since']
    """
    return frozenset(name for _, name, _ in _parts(template) if name)


def word(section: str, code: object, language: str) -> str:
    """Return the words of a code.

    Raises:
        KeyError: If the section does not know the code and is a closed list.

    >>> word("function", "public_works", "id")
    'pekerjaan umum'
    """
    key = f"{section}.{_plain(code)}"
    if has_words(key, language):
        return render(key, language)
    if section in OPEN_SECTIONS:
        return str(code).replace("_", " ")
    raise KeyError(f"no words for {key} in {language}")


def number(value: float, language: str, spec: str = ",.12g") -> str:
    """Return a number with the marks of the language.

    >>> number(1234.5, "id", ".1f"), number(1234.5, "en", ".1f")
    ('1.234,5', '1,234.5')
    """
    if "," not in spec:
        sign = spec[:1] if spec[:1] in "+- " else ""
        spec = f"{sign},{spec[len(sign) :]}"
    return format(value, spec).translate(_marks(language))


def chance(value: float, language: str) -> str:
    """Return a chance in whole percent, never as certain.

    >>> chance(0.874, "en"), chance(0.999, "en"), chance(0.001, "en")
    ('87%', '>99%', '<1%')
    """
    if value > CERTAIN:
        return f">{number(CERTAIN, language, '.0%')}"
    if value < 1 - CERTAIN:
        return f"<{number(1 - CERTAIN, language, '.0%')}"
    return number(value, language, ".0%")


@cache
def _marks(language: str) -> dict[int, str]:
    marks = {",": _leaf("format.thousands", language), ".": _leaf("format.decimal", language)}
    return str.maketrans(marks)


def day(value: date, language: str) -> str:
    """Return a day in words.

    >>> day(date(2024, 3, 3), "id"), day(date(2024, 3, 3), "en")
    ('3 Maret 2024', '3 March 2024')
    """
    month = _leaf("format.months", language)[value.month - 1]
    return render("format.day", language, day=value.day, month=month, year=value.year)


def grade(value: int) -> str:
    """Return the name of a civil servant's grade (*golongan/ruang*).

    Raises:
        ValueError: If it is not 1 to 17.

    >>> grade(9), grade(17)
    ('III/a', 'IV/e')
    """
    if not 1 <= value <= _HIGHEST_GRADE:
        raise ValueError(f"{value} is no grade")
    rank = min((value - 1) // _GRADES_PER_RANK, 3)
    return f"{_ROMAN[rank + 1]}/{'abcde'[value - 1 - rank * _GRADES_PER_RANK]}"


def contract_grade(value: int) -> str:
    """Return the name of a contract employee's grade (*golongan PPPK*).

    Raises:
        ValueError: If it is not 1 to 17.

    >>> contract_grade(9), contract_grade(17)
    ('IX', 'XVII')
    """
    if not 1 <= value <= _HIGHEST_GRADE:
        raise ValueError(f"{value} is no grade")
    return "X" * ((value - 1) // 10) + _ROMAN[(value - 1) % 10 + 1]


def demand(said: str, language: str, called: Mapping[str, str] | None = None) -> str:
    """Return in words what a plan must keep to.

    Args:
        said: As a request writes it.
        language: The reader's.
        called: What units and people are called, by id; others stay ids.

    >>> demand("floor(least=12, unit=PKM-1)", "en", {"PKM-1": "Puskesmas 1"})
    'At least 12 people in Puskesmas 1'
    """
    kind, _, rest = said.removesuffix(")").partition("(")
    values = dict(_NAMED.findall(rest))
    key = "_".join([kind, *(name for name in ("unit", "family") if name in values)])
    told = {name: (called or {}).get(value, value) for name, value in values.items()}
    counts = {name: int(values[name]) for name in _COUNTS if name in values}
    return render(f"demand.{key}", language, **{**told, **counts})


def _demands(said: object, language: str) -> str:
    """Return one demand or several in words; as they are written if they are none."""
    found = _DEMAND.findall(str(said))
    return "; ".join(demand(each, language) for each in found) or str(said)


def negotiated(accepted: str | None, default: str = LANGUAGES[0]) -> str:
    """Return the language that an ``Accept-Language`` header asks for.

    >>> negotiated("en-GB,en;q=0.9,id;q=0.8"), negotiated("fr"), negotiated(None)
    ('en', 'id', 'id')
    """
    wishes = [_wish(part) for part in (accepted or "").split(",")]
    wishes.sort(key=lambda wish: -wish[1])
    return next((tag for tag, weight in wishes if tag in LANGUAGES and weight > 0), default)


def _wish(part: str) -> tuple[str, float]:
    tag, _, weight = part.strip().lower().partition(";q=")
    primary = tag.split("-")[0]
    try:
        return _ALIASES.get(primary, primary), float(weight) if weight else 1.0
    except ValueError:
        return primary, 0.0


def _said(template: str, language: str, values: Mapping[str, object]) -> str:
    return "".join(
        literal if name is None else literal + _field(values[name], spec, language)
        for literal, name, spec in _parts(template)
    )


@cache
def _parts(template: str) -> tuple[tuple[str, str | None, str], ...]:
    """Return a template as literals, each with the field that follows and its format."""
    return tuple((text, name, spec or "") for text, name, spec, _ in Formatter().parse(template))


def _field(value: Any, spec: str, language: str) -> str:
    if spec == "day" or (isinstance(value, date) and not spec):
        return day(date.fromisoformat(value) if isinstance(value, str) else value, language)
    if spec in WORD_SECTIONS or spec == "rule":
        codes = value.split(", ") if isinstance(value, str) else [value]
        return ", ".join(_named(spec, code, language) for code in codes)
    if spec in GRADES:
        return GRADES[spec](int(value))
    if spec in TOLD:
        return TOLD[spec](value, language)
    if not spec:
        return number(value, language) if isinstance(value, float) else str(value)
    return number(round(value) if spec.endswith("d") else value, language, spec)


def _named(section: str, code: object, language: str) -> str:
    if section == "rule":
        return render(f"rule.{code}.label", language)
    return word(section, code, language)


GRADES = {"grade": grade, "contract": contract_grade}
"""What a number of a grade is called, by format."""

TOLD: dict[str, Callable[[Any, str], str]] = {"chance": chance, "demand": _demands}
"""What is said in its own way, by format."""


def _is_missing(value: object) -> bool:
    return value is None or (isinstance(value, float) and isnan(value))


def _plain(code: object) -> str:
    """Return the code as a key: no dots, and 40.0 as 40."""
    if isinstance(code, float) and code.is_integer():
        code = int(code)
    return str(code).replace(".", "").lower()


def _leaf(key: str, language: str) -> Any:
    try:
        return _catalogue(language)[key]
    except KeyError:
        raise KeyError(f"no words for {key} in {language}") from None


@cache
def _catalogue(language: str) -> dict[str, str | list[str]]:
    if language not in LANGUAGES:
        raise KeyError(f"no catalogue for the language {language}")
    text = files("mutasi").joinpath("locales", f"{language}.toml").read_text(encoding="utf-8")
    return dict(_flat(tomllib.loads(text), ""))


def _flat(tree: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str | list[str]]]:
    for name, value in tree.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{prefix}{name}.")
        else:
            yield f"{prefix}{name}", value
