"""How names are understood, as a document: ``docs/education.md``.

``make docs`` writes it; a test refuses one that is out of date.
"""

import sys
from collections.abc import Iterator

from mutasi.education._lexicon import Lexicon, lexicon
from mutasi.vocabulary import FUNCTIONS

EXAMPLES = 14
"""How many words of a family are shown."""

INTRODUCTION = """\
# Educations, functional positions and units

Written by `make docs` from the tables of words in `mutasi/education`; to change how a
name is understood, change it there.

SIASN has tens of thousands of names of educations, in Indonesian and English, with
prefixes (`S-1/A-IV`), brackets, specialisations and misspellings.
`mutasi.education.understood(names, levels)` tells the level of each and one family of
fields of study; what a name does not tell stays unknown. `functional(titles)` tells the
job family, function of government, rung and age of retirement of functional positions.
`offices(names)` tells the function of government that a unit serves, where its name says so.

## How a name is read

- Case, spacing, marks and accents do not matter; a long word one slip away from a
  single known word is read as that word.
- The record's level counts before the one that the name says; both are given, so that
  a conflict can be listed.
- Rules are words, or words side by side. Of plain rules the one that stands first
  decides, and of two that begin together the longer: *Teknik Informatika* is
  informatics, *Teknik Elektro dan Informatika* engineering. Firm ones decide before
  plain ones (*Manajemen Pendidikan* is education), weak ones where there is nothing
  else (*Manajemen* alone is economics).
- What stands before a bracket or a *konsentrasi* decides before what stands in it. The
  degree that one must have had before (*basic S-1 …*) is not read.
- A licence to teach (*akta*: `A-IV`) makes an education a teacher's, whatever its subject.
- IPA, IPS or *Bahasa* of an SMA is general schooling; a vocational school or an
  institute without its subject is unknown.

## How well

On the 28,155 names in public SIASN clients: 97.2 % get a level and a family. Three
samples of 300 names, drawn by chance from names that the rules were not made on, were
read one by one; each was read once, and what was learned from it went into the rules
before the next was drawn. Of the first 96.9 % of the families told were right (281 of
290; 10 stayed unknown), of the second 97.6 % (283 of 290), of the last 97.9 % (286 of
292: 95.3 % of all 300). The verdicts stand in `tests/mutasi/education/verdicts.csv`.
Sampling error of the last is about two points. One in twenty of the drawn records bears
a name that another record has as well. One reader read them, and some names belong to
two families: *agricultural economics* counts as agriculture, *hukum ekonomi
syariah* as law, *komunikasi penyiaran Islam* as social.

All 1,466 functional titles there get a family. Where a title says its rung, it is the
record's in 98 of 100; the usual age of retirement is the record's in 96 of 100, and
where they differ the record counts.
"""

OFFICES = """\
## Functions of units

A unit is known by the name of its institution (*Dinas Kesehatan*, *Badan* and *Kantor*
read alike) or by what it is (*puskesmas*, *SMP*). The institution decides wherever it
stands: *Bagian Hukum Setda* is the secretariat's. A division tells nothing by itself, for
an office of health has its *subbagian keuangan* as well; nor does a technical unit that
only says where it lies (*BPP Kecamatan …*), nor an abbreviation that means two offices
(*DKP*). `inherited(functions, parents)` is the separate step that gives such units the
function of the nearest unit above that has one; at the top it stays unknown.

| Function | Some of its words |
|---|---|"""


def education() -> str:
    """Return the document, Markdown, ending in a newline."""
    parts = [_families(lexicon("studies")), _positions(lexicon("positions"))]
    lines = [line for part in parts for line in (*part, "")]
    return "\n".join([INTRODUCTION, *lines, OFFICES, *_offices(lexicon("offices")), ""])


def _families(book: Lexicon) -> Iterator[str]:
    yield "## Families of fields of study"
    yield ""
    yield "| Family | What belongs to it | Some of its words |"
    yield "|---|---|---|"
    for family in book.families:
        yield f"| `{family}` | {book.facts[family]['about']} | {_words(book, family)} |"


def _words(book: Lexicon, family: str) -> str:
    """Return some words of a family, the plainest of each kind, spread over the alphabet."""
    rules = [" ".join(rule.stems) for rule in book.rules if rule.family == family]
    step = max(len(rules) // EXAMPLES, 1)
    return ", ".join(word.replace("*", "…").lower() for word in rules[::step][:EXAMPLES])


def _positions(book: Lexicon) -> Iterator[str]:
    yield "## Families of functional positions"
    yield ""
    yield "| Family | Function | Fields of study | Titles |"
    yield "|---|---|---|---|"
    for family in book.families:
        facts = book.facts[family]
        function = f"`{facts['function']}`" if "function" in facts else ""
        fields = ", ".join(f"`{field}`" for field in facts.get("fields", ()))
        titles = [" ".join(rule.stems).lower() for rule in book.rules if rule.family == family]
        yield f"| `{family}` | {function} | {fields} | {', '.join(titles)} |"


def _offices(book: Lexicon) -> Iterator[str]:
    for family in FUNCTIONS:
        yield f"| `{family}` | {_words(book, family)} |"


if __name__ == "__main__":
    sys.stdout.write(education())
