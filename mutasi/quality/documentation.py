"""What is checked, as a document: ``docs/quality.md``.

``make docs`` writes it; a test refuses one that is out of date.
"""

import inspect
import sys
from collections.abc import Iterator

from mutasi.quality import CHECKS, Check, Dimension, Severity

INTRODUCTION = """\
# Quality of the records

Written by `make docs` from `mutasi/quality`; to change a check, change it there.

`mutasi quality` puts these questions to the records that placement now rests on: people in
service with their records, positions that are held or needed, units with such positions. It
writes a page, figures (`quality.json`, layout in `pipelines/quality/schema.py`) and an Excel
list of the rows to mend; [privacy.md](privacy.md) says who may see which.

The four dimensions are those of BKN's *Indeks Kualitas Data*. The score of a dimension is the
mean, over its checks, of the share of rows that pass, each check weighing the same; BKN's own
weights and list of anomalies were not at hand, so it is not the official index. Bounds of law are
read from [rules.md](rules.md) as of the day; the other bounds are stated in the modules.

A fault is a question: the record, or what it is compared with, is wrong. Severity says what it
may lead to: **high** a wrong finding of law or a post that is wrongly open or held, **medium** a
poorer prediction or an unsure finding, **low** untidiness.
"""

COST = """\
## What gaps cost the predictions

For up to 40 vacancies with the candidates whom the law allows, each candidate who has a kind of
record is predicted with it and without it by the model that serves; people lose it in two halves,
so that the means of a year and the colleagues of a rater stay. Told are the mean change of the
predicted performance (T points) and chance, whichever way, the share of the first ten names that
others replace if all candidates lose it, intervals by bootstrap over vacancies, and the change
times the share of people who lack the record now. Whoever never moved, was never offered a post
or never trained cannot be told from who is not on record; for such kinds no share is told.
It is a change of predictions and not of their error, and it takes those who lack a record to be
like those who have it.
"""


def document() -> str:
    """Return the document, Markdown, ending in a newline."""
    return "\n".join([INTRODUCTION, *_dimensions(), COST])


def _dimensions() -> Iterator[str]:
    for dimension in Dimension:
        own = [check for check in CHECKS if check.dimension is dimension]
        yield f"## {dimension.capitalize()}: {len(own)} checks"
        yield ""
        yield "| Check | Demands | To mend | Severity |"
        yield "|---|---|---|---|"
        for severity in Severity:
            yield from (_line(check) for check in own if check.severity is severity)
        yield ""


def _line(check: Check) -> str:
    text = inspect.cleandoc(check.text)
    return f"| `{check.name}` | {text} | `{check.table}.{check.field}` | {check.severity} |"


if __name__ == "__main__":
    sys.stdout.write(document())
