"""How people were judged: by the year, and within it."""

import re
from calendar import monthrange

import pandas as pd

from mutasi.siasn import values
from mutasi.siasn.drafts import Draft, People, draft
from mutasi.siasn.gathering import Rows
from mutasi.siasn.values import first, read
from mutasi.vocabulary import Scheme

ZERO = re.compile(r"0+(?:[.,]0*)?")

QUARTER = re.compile(r"(?:TRIWULAN|TW)\W*(IV|I{1,3}|[1-4])\b", re.IGNORECASE)
MONTH = re.compile("|".join(values.MONTHS), re.IGNORECASE)


def appraisals(rows: Rows, people: People) -> Draft:
    """Return yearly appraisals: by number (*rw-skp*), or by quadrant (*rw-skp22*)."""
    said = rows.said
    rater = read(said["nipNrpPenilai"], _rater)
    if "penilaiUnorNm" in said:
        rater = first(rater, said["penilaiUnorNm"])
    if rows.resource.name == "rw-skp":
        scores = [said[key] for key in ("nilaiPrestasiKerja", "nilaiIntegrasi", "nilaiSkp")]
        # A zero says that nothing was entered: nobody is judged to have done nothing at all.
        told = [score.mask(score.str.fullmatch(ZERO.pattern, na=False)) for score in scores]
        return draft(
            rows, people, scheme=_all(said, Scheme.NUMERIC), score=first(*told), rater=rater
        )
    made = draft(rows, people, scheme=_all(said, Scheme.QUADRANT), rater=rater)
    _judged(made, said)
    return made


def reviews(rows: Rows, people: People) -> Draft:
    """Return appraisals within a year (*rw-kinerjaperiodik*).

    Which part of the year it is, is told by months or by the period's name.
    """
    said = rows.said
    begun, ended = said["bulanMulaiPenilaian"], said["bulanSelesaiPenilaian"]
    period = first(begun + " " + ended.fillna(begun), said["periodikNama"])
    start = read(said["tahun"] + " " + period, lambda text: _bound(text, last=False))
    end = read(said["tahun"] + " " + period, lambda text: _bound(text, last=True))
    made = draft(rows, people, started_on=start, ended_on=end)
    made.blame(start.isna(), "started_on", "unknown_period")
    _judged(made, said)
    return made


def _judged(made: Draft, said: pd.DataFrame) -> None:
    """Fill in both ratings and the quadrant; the one that was sent is kept, as evidence."""
    for name, key in (("results", "hasilKinerja"), ("behaviour", "perilakuKerja")):
        told = first(*(read(said[each], values.expectation) for each in (f"{key}Nilai", key)))
        made.keep(name, told, first(said[f"{key}Nilai"], said[key]), "1, 2, 3")
    sent = [said["kuadranKinerjaNilai"], said["kuadranKinerja"]]
    quadrant = first(*(read(each, values.quadrant) for each in sent))
    both = made.shown["results"] + made.shown["behaviour"]
    made.keep("predicate", quadrant.fillna(read(both, _predicate)), first(*sent), "1–5")


def _predicate(ratings: str) -> int | None:
    """Return the quadrant of two ratings, where none was sent."""
    if not re.fullmatch("[123]{2}", ratings):
        return None
    results, behaviour = map(int, ratings)
    return int(values.MATRIX[results - 1, behaviour - 1])


def _all(said: pd.DataFrame, scheme: Scheme) -> "pd.Series[str]":
    return pd.Series(scheme.value, said.index, dtype="str")


def _rater(text: str) -> str | None:
    """Return who judged, dropping what may tell of a person more than a NIP does.

    A number that is no NIP may be anyone's NIK, and several words without a digit are a
    person's name; one word may be the code of a unit, and stays.

    >>> [_rater(said) for said in ("19850517 201001 2 001", "3201010101010001", "Si Anu, S.H.")]
    ['198505172010012001', None, None]
    """
    bare = re.sub(r"[\s.'’`]", "", text)
    if bare.isdigit():
        return bare if len(bare) == 18 else None
    is_name = re.search(r"[\s,]", text.strip()) and not re.search(r"\d", text)
    return None if is_name else bare


def _bound(text: str, *, last: bool) -> str | None:
    """Return the first or the last day of a period.

    >>> [_bound(said, last=True) for said in ("2024 TRIWULAN II", "2024 1 2", "2024 x")]
    ['2024-06-30', '2024-02-29', None]
    """
    year, _, period = text.partition(" ")
    months = _months(period)
    if months is None or not re.fullmatch(r"(?:19|20)\d\d", year):
        return None
    month = months[last]
    return f"{year}-{month:02d}-{monthrange(int(year), month)[1] if last else 1:02d}"


def _months(period: str) -> tuple[int, int] | None:
    """Return the first and the last month of a period."""
    told = re.fullmatch(r"0?(\d{1,2})(?:\.0)? 0?(\d{1,2})(?:\.0)?", period)
    if told:
        begun, ended = int(told[1]), int(told[2])
        return (begun, ended) if 1 <= begun <= ended <= 12 else None
    quarter, named = QUARTER.search(period), MONTH.search(period)
    if quarter:
        number = {"I": 1, "II": 2, "III": 3, "IV": 4}.get(quarter[1].upper()) or int(quarter[1])
        return 3 * number - 2, 3 * number
    if named:
        month = values.MONTHS.index(named[0].upper()) + 1
        return month, month
    return None
