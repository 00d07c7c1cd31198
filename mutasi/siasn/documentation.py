"""Describe what is read of SIASN (docs/siasn.md)."""

import sys
from collections.abc import Iterator

from mutasi.siasn import streaming
from mutasi.siasn.resources import RESOURCES, Resource
from mutasi.siasn.written.documentation import EXPORT

INTRODUCTION = f"""\
<!-- Generated: python -m mutasi.siasn.documentation. Do not edit. -->

# Exports of SIASN

`mutasi import FOLDER --format siasn` reads what an agency exported from SIASN. It calls no
service of BKN. All good rows are taken, or nothing where a file cannot be used; bad rows
are listed with file, row, field and reason, and the command then ends with code 3.

## How the files may lie

JSON (`.json`, `.jsonl`, `.ndjson`) in UTF-8, UTF-16 or UTF-32, with or without a mark at
its beginning. A resource is known by its name in the file's or the folder's name, in any
case and with `_` for `-`; a number of 18 digits there says whose the document is.

| Layout | Content |
|---|---|
| `rw-jabatan.json`, also `rw-jabatan_2.json` … | a list, an envelope, or several envelopes |
| `rw-jabatan/<nip>.json`, `<nip>/rw-jabatan.json` | the same, of one person |
| `<nip>.json` | `{{"data-utama": …, "rw-jabatan": …}}`, each part in any of these shapes |
| a list of such documents | one a person |
| `*.csv`, `*.xlsx` with a heading *NIP BARU* | the *pegawai* list; counts as *data-utama* |

An envelope is `{{"code", "data", "message"}}`. Where `data` is text, it says that nothing was
found; text that says that nobody looked (a token that expired, a gateway that timed out) is
told as `answered_with_error`, for then what is there is unknown. A file of many people that
is no JSON or breaks off is refused as a whole, because nobody could say who is missing; one
person's document is put aside (`damaged_document`).

## How values are read

- Keys in any case, with or without `_`; the misspellings that SIASN has.
- Days as `31-12-2020`, `31/12/2020`, `2020-12-31` and instants; where only a year is told,
  its last day. Nothing is `null`, empty, `-`, `01-01-0001`, `0000-00-00`, `00-00-0000`.
- Numbers also as text, with a decimal comma. NIPs also with blanks, dots or an apostrophe; one
  that a spreadsheet rounded (`1.98E+17`, or `…000` at its end) is refused as such.
- Ids of 32 hexadecimal digits in any case.
- A row that says the same as another is told as `repeated`, one that contradicts it as
  `duplicate`; the first counts. Rows with `deletedAt` and sanctions with `skPembatalan…` are
  told and do not count. What begins more than a year after the day of the export is told as
  `in_the_future`, a decree that came after it as `known_ahead`. The day of the export is what
  `--as-of` says, else the day on which its files were last written.
- A list or an object where a value belongs is never looked into.

Rows in = rows stored + rows in quarantine, by table; what is worked out from other rows is
counted apart.

## What is worked out

- **Units** that only a history names are made from it. A unit's function is told by its name
  or that of a unit above. Coordinates, places and remoteness are not in SIASN: they come from
  local lists and stay as they are stored when SIASN is read again. A unit that stands above
  itself is refused (`own_ancestor`); one below two others keeps the first (`two_parents`).
- **Posts**: a structural post is a node of the tree, so its id is the unit's; any other is a
  job in a unit, `<unorId>:<job>`. Rung and level follow from *eselon* or the title, family and
  fields of study from the title (docs/education.md), the age of retirement from *bupPensiun*,
  or else, of functional posts only, rung and title.
- **Postings** end the day before the next begins. PLT, PLH, PJ and TT, also where only the
  title says so, are acting: no tenure and no move. Acting ends when the person acts elsewhere
  or someone comes to hold the post. *rw-pindahinstansi* and *rw-pnsunor* add what the history
  does not tell; so does *data-utama*. **Transfers** follow from postings.
- **Known from**: the later of the day of effect and the day of the decree, the day of the
  export at the latest: what takes effect next month is known already.
- **Standing** is told as of today only: active from the first day; who left did so on
  *tmtPensiun* if that is past, and holds no post from then; anything else counts from the last
  day on record of the person.
- **Legal kind**: the words of *statusPegawai*, or else a PPPK grade, or else the NIP: that of a
  PPPK has no month in digits 13 and 14. A day of birth or a first day that is not told is that
  of the NIP.
- **Appraisals**: the quadrant that was sent is kept even where the two ratings say otherwise
  (`mutasi quality` lists these); where none was sent it follows from them. *Cukup* is *butuh
  perbaikan*. Of `rw-skp` the first of *nilaiPrestasiKerja*, *nilaiIntegrasi*, *nilaiSkp* that is
  not 0. A rater's number that is no NIP, or name, is dropped.
- **Sanctions** without a last day last as long as *masa…* or their kind says; a reprimand is
  over on its day, a dismissal stays.

## What is dropped

Everything that the tables below do not name, at the door: it enters no table, no list of bad
rows, no log. Among it are NIK, religion, telephone, e-mail, address, NPWP, BPJS, place of birth,
family, documents (`path`) and the numbers of decrees. NIPs and names are masked in the list of
bad rows, and NIPs in names of files.

## Memory

JSON is read in pieces of {streaming.PIECE >> 20} Mi signs; at most {streaming.LONGEST >> 20} Mi
signs are decoded at once, and a longer list is entered element by element. So a file may be of
any size, and a value that is longer than that is refused. What stays of a row is a number of
four bytes for each key below, and each distinct text once.
"""


def siasn() -> str:
    """Return the document, Markdown, ending in a newline."""
    lines = [INTRODUCTION, EXPORT, "## What is read", ""]
    for resource in RESOURCES:
        lines += _resource(resource)
    return "\n".join(lines)


def _resource(resource: Resource) -> Iterator[str]:
    yield f"### {resource.name} → {resource.table}"
    yield ""
    if resource.names:
        yield f"Also called {', '.join(f'`{name}`' for name in resource.names)}."
        yield ""
    yield "| Key | Other spellings | Field |"
    yield "|---|---|---|"
    fields: dict[str, list[str]] = {}
    for name, key in resource.feeds.items():
        fields.setdefault(key, []).append(f"`{name}`")
    for key, others in resource.keys.items():
        spelt = ", ".join(f"`{other}`" for other in others)
        yield f"| `{key}` | {spelt} | {', '.join(fields.get(key, ()))} |"
    yield ""


if __name__ == "__main__":
    sys.stdout.write(siasn())
