"""The vocabulary as a document: ``docs/glossary.md``.

``make docs`` writes it; a test refuses one that is out of date.
"""

import inspect
import re
import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from mutasi.vocabulary import NOUNS, Column, codes, columns

INTRODUCTION = """\
# Glossary

Written by `make docs` from `mutasi/vocabulary`; to change a meaning, change
it there. Code speaks English; the Indonesian term stands in italics beside the
word that stands for it. The tables of the store, the files of a bundle and
their contracts have exactly these columns.

*Empty* says whether a value may be missing. *Personal* identifies a person and
*protected* is an attribute that audits and never predicts: docs/privacy.md.
"""

TERMS = re.compile(r"\*([^*]+)\*")
TYPES = {"str": "text", "int": "whole number", "float": "number", "bool": "yes or no"}


def glossary() -> str:
    """Return the document, Markdown, ending in a newline."""
    return "\n".join(
        [INTRODUCTION, *_index(), "## Nouns", "", *_nouns(), "## Codes", "", *_codes()]
    )


def indonesian(noun: type[Any]) -> str:
    """Return the Indonesian terms of a noun, in the order of its docstring; maybe none.

    >>> from mutasi.vocabulary import Position
    >>> indonesian(Position)
    'jabatan'
    """
    return ", ".join(TERMS.findall(_summary(noun)))


def _index() -> Iterator[str]:
    yield "| Word | Indonesian | Table | Key |"
    yield "|---|---|---|---|"
    for noun in NOUNS:
        key = ", ".join(f"`{name}`" for name in noun.key)
        name = noun.__name__
        yield f"| [{name}](#{name.lower()}) | {indonesian(noun)} | `{noun.table}` | {key} |"
    yield ""


def _nouns() -> Iterator[str]:
    for noun in NOUNS:
        yield f"### {noun.__name__}"
        yield ""
        yield _summary(noun)
        yield ""
        yield "| Column | Meaning | Kind | Values | Empty |"
        yield "|---|---|---|---|---|"
        for column in columns(noun):
            empty = "yes" if column.optional else ""
            yield (
                f"| `{column.name}` | {_meaning(column)} | {_kind(column)} "
                f"| {_values(column)} | {empty} |"
            )
        yield ""


def _codes() -> Iterator[str]:
    for name, value in vars(codes).items():
        if isinstance(value, type) and issubclass(value, StrEnum) and value is not StrEnum:
            meanings = ", ".join(f"`{code.value}` {code.name.lower()}" for code in value)
            yield f"- **{name}**: {_summary(value)} {meanings}."
        elif isinstance(value, tuple) and all(isinstance(code, str) for code in value):
            yield f"- **{name}**: {', '.join(f'`{code}`' for code in value)}."
    yield ""


def _summary(thing: type[Any]) -> str:
    return inspect.cleandoc(thing.__doc__ or "").split("\n\n")[0].replace("\n", " ")


def _meaning(column: Column) -> str:
    fact = column.fact
    marks = [mark for mark in ("personal", "protected") if getattr(fact, mark)]
    return f"{fact.text} ({', '.join(marks)})" if marks else fact.text


def _kind(column: Column) -> str:
    return TYPES.get(column.kind.__name__, column.kind.__name__)


def _values(column: Column) -> str:
    fact = column.fact
    if fact.references is not None:
        return f"a key of `{fact.references}`"
    if fact.codes is not None:
        return ", ".join(f"`{code}`" for code in fact.codes)
    bounds = "" if fact.low is None else f"{fact.low:g} to {fact.high:g}"
    return "; ".join(part for part in (bounds, fact.unit) if part)


if __name__ == "__main__":
    sys.stdout.write(glossary())
