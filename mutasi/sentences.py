"""Sentences for people: why a placement is recommended, and what the law says of it.

Numbers come in, words go out.  A concept's facts become clauses; each knows
whether it speaks for or against the placement.  A reason is told by the clauses
that go the way of its effect.  Where the facts go the other way the sentence
says so, and where they are unknown it is shorter: a sentence never claims what
is not on record.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mutasi.bundle.rejected import Rejected
from mutasi.i18n import has_words, number, render, render_first, word
from mutasi.rules import Finding
from mutasi.vocabulary import COMPETENCIES, FIELDS

Facts = Mapping[str, Any]

CLAUSES_SHOWN = 2
OPEN_END = date(9999, 12, 31)
AVERAGE, NOTICEABLE = 50.0, 2.0
"""T points: the mean of all staff, and the distance from it that is worth a word."""

OPTIMAL_MATCH, POOR_MATCH = 80.0, 68.0
"""Bounds of the classes of Job Person Match (Peraturan BKN 26/2019)."""

ASSESSMENT_VALID_YEARS = 3.0
EXPERIENCED_YEARS = 5.0


@dataclass(frozen=True)
class Clause:
    """A fact worth saying.

    Attributes:
        case: The key of its words, ``concept.<concept>.<case>``.
        direction: 1 speaks for the placement, -1 against it, 0 depends.
        values: For the placeholders.
    """

    case: str
    direction: int = 0
    values: Facts = field(default_factory=dict)


def rejection_sentence(rejected: Rejected, language: str) -> str:
    """Return what is wrong with a row that was not taken, and what was expected if that is told."""
    known = {"expected": rejected.expected or None}
    return render_first(f"quarantine.{rejected.reason}", language, known)


def reason_sentence(
    concept: str, aspect: str, effect: float, facts: Mapping[str, Any], language: str
) -> str:
    """Return a reason as a sentence without a full stop.

    Args:
        concept: What the reason is about, as ``distance``.
        aspect: What is explained: ``performance``, ``acceptance`` or ``profile``.
        effect: What the concept adds; only its sign is said.
        facts: The concept's features by name, None where unknown; ``function``,
            the position's function of government, is named where it is given.
        language: Of the sentence.

    Raises:
        KeyError: If the concept has no words.

    >>> reason_sentence("tenure", "acceptance", 3.0, {"years_in_posting": 4.25}, "en")
    'In the present post for 4.2 years'
    """
    known = {name: value for name, value in facts.items() if value is not None}
    sign = -1 if effect < 0 else 1
    way = "against" if effect < 0 else "for"
    clauses = list(CLAUSES[concept](known)) if concept in CLAUSES else []
    fitting = [clause for clause in clauses if clause.direction != -sign][:CLAUSES_SHOWN]
    if fitting:
        text = "; ".join(_clause(concept, clause, way, known, language) for clause in fitting)
    elif clauses:
        told = _clause(concept, clauses[0], "against" if sign > 0 else "for", known, language)
        text = render(f"reason.{aspect}.despite_{way}", language, clause=told)
    else:
        label = render(f"concept.{concept}.label", language)
        text = render(f"reason.{aspect}.plain_{way}", language, label=label)
    return text[0].upper() + text[1:]


def effect_words(aspect: str, effect: float, language: str) -> str:
    """Return the size of a reason's effect with its unit.

    Args:
        aspect: What is explained: ``performance``, ``acceptance`` or ``profile``.
        effect: What the concept adds, in points; percentage points of a chance.
        language: Of the words.
    """
    told = number(effect, language, "+.0f" if aspect == "acceptance" else "+.1f")
    return render(f"ranking.effect_{aspect}", language, effect=told)


def finding_sentence(finding: Finding, language: str) -> str:
    """Return what a rule says of a placement, without a full stop.

    Raises:
        KeyError: If the rule has no words.
    """
    key = f"rule.{finding.rule}"
    if finding.is_unknown:
        return render(f"{key}.unknown", language)
    facts = {name: value for name, value in finding.facts.items() if value != OPEN_END}
    for name in ("studied", "qualifying"):
        if name in facts:
            facts[name] = _fields(int(facts[name]), language)
    return render_first(f"{key}.sentence", language, facts)


def _clause(concept: str, clause: Clause, way: str, known: Facts, language: str) -> str:
    key = f"concept.{concept}.{clause.case}"
    if has_words(f"{key}.{way}", language):
        key = f"{key}.{way}"
    named = {"function": known["function"]} if "function" in known else {}
    values = dict(clause.values)
    if "years" in values:
        values["time"] = _duration(values["years"], language)
    return render_first(key, language, named | values)


def _duration(years: float, language: str) -> str:
    if years >= 1:
        return render("duration.years", language, years=years)
    months = max(round(12 * years), 1)
    return render(
        "duration.one_month" if months == 1 else "duration.months", language, months=months
    )


def _fields(bits: int, language: str) -> str:
    fields = [name for place, name in enumerate(FIELDS) if bits >> place & 1]
    return ", ".join(word("field", name, language) for name in fields)


def _competence_fit(facts: Facts) -> Iterator[Clause]:
    names = (*COMPETENCIES, "technical")
    gaps = {name: facts[f"gap_{name}"] for name in names if f"gap_{name}" in facts}
    match = facts.get("job_person_match")
    if match is not None:
        direction = int(match >= OPTIMAL_MATCH) - int(match < POOR_MATCH)
        yield Clause("match", direction, {"share": match / 100.0})
    if gaps:
        least, most = min(gaps, key=gaps.__getitem__), max(gaps, key=gaps.__getitem__)
        if gaps[least] < 0:
            yield Clause("lack", -1, {"competency": least, "levels": -gaps[least]})
        else:
            yield Clause("met", 1, {"count": len(gaps)})
        if gaps[most] > 0:
            yield Clause("surplus", 1, {"competency": most, "levels": gaps[most]})
    age = facts.get("assessment_age_years")
    if age is not None:
        yield Clause("age", -1 if age > ASSESSMENT_VALID_YEARS else 1, {"years": age})


def _education_fit(facts: Facts) -> Iterator[Clause]:
    fits, margin = facts.get("field_fits"), facts.get("education_margin")
    if fits is not None:
        yield Clause("fits", 1) if fits else Clause("misfits", -1)
    if margin is not None:
        yield _stepwise(margin, "above", "enough", "below", direction=(0, 0, -1))


def _function_experience(facts: Facts) -> Iterator[Clause]:
    yield from _experience(facts.get("years_in_function"), "served", "never")
    if facts.get("years_in_unit", 0.0) > 0:
        yield from _experience(facts["years_in_unit"], "unit", "unit")
    if facts.get("is_same_function"):
        yield Clause("same", 1)
    elif "is_same_function" in facts and facts.get("years_in_function") != 0:
        yield Clause("other", -1)
    if facts.get("is_same_unit"):
        yield Clause("same_unit")
    yield from _path(facts.get("function_path"))


def _similar_posts(facts: Facts) -> Iterator[Clause]:
    title, family = facts.get("years_in_title"), facts.get("years_in_family")
    if title:
        yield from _experience(title, "title", "never")
    elif family is not None:
        yield from _experience(family, "family", "never")
    if facts.get("is_same_title"):
        yield Clause("same_title", 1)
    elif facts.get("is_same_family"):
        yield Clause("same_family", 1)
    elif "is_same_family" in facts and family != 0:
        yield Clause("other_family", -1)
    yield from _path(facts.get("title_path"))


def _career_breadth(facts: Facts) -> Iterator[Clause]:
    counts = {
        "posts": facts.get("posts_count"),
        "units": facts.get("units_served_count"),
        "functions": facts.get("functions_count"),
    }
    if counts["posts"] is not None:
        yield Clause("posts", 0, counts)
    if facts.get("mean_stay_years") is not None:
        yield Clause("stay", 0, {"years": facts["mean_stay_years"]})


def _tenure(facts: Facts) -> Iterator[Clause]:
    if "years_in_posting" in facts:
        yield Clause("posted", 0, {"years": facts["years_in_posting"]})


def _service_length(facts: Facts) -> Iterator[Clause]:
    if "service_years" in facts:
        yield Clause("service", 0, {"years": facts["service_years"]})
    if "years_in_grade" in facts:
        yield Clause("grade", 0, {"years": facts["years_in_grade"]})


def _past_performance(facts: Facts) -> Iterator[Clause]:
    if "person_record" in facts:
        yield _beside_others(facts["person_record"], "record", NOTICEABLE)
    for name, case in (
        ("recent_rating", "recent"),
        ("career_rating", "career"),
        ("last_rating", "last"),
    ):
        if name in facts:
            yield _against_average(facts[name], case)
            break
    if "rating_within_rater" in facts:
        yield _against_average(facts["rating_within_rater"], "rater")
    trend = facts.get("rating_trend")
    if trend is not None and abs(trend) >= NOTICEABLE:
        yield _stepwise(trend, "rising", "rising", "falling", direction=(1, 1, -1))


def _post_record(facts: Facts) -> Iterator[Clause]:
    for name, case in (("post_record", "post"), ("unit_record", "unit")):
        if name in facts:
            yield _beside_others(facts[name], case, NOTICEABLE / 4)


def _leniency(facts: Facts) -> Iterator[Clause]:
    if "usual_leniency" in facts:
        yield _beside_others(facts["usual_leniency"], "rater", NOTICEABLE / 4)


def _past_moves(facts: Facts) -> Iterator[Clause]:
    gain, moves = facts.get("past_moves_gain"), facts.get("moves_count")
    if gain is not None and abs(gain) >= NOTICEABLE / 2:
        yield _stepwise(gain, "gain", "gain", "loss", direction=(1, 1, -1))
    if facts.get("offers_refused"):
        yield Clause("refused", -1, {"count": facts["offers_refused"]})
    if facts.get("offers_accepted"):
        yield Clause("accepted", 1, {"count": facts["offers_accepted"]})
    if moves is not None:
        yield Clause("moved", 0, {"count": moves}) if moves else Clause("never")
    if facts.get("short_stays_share"):
        yield Clause("short", 0, {"share": facts["short_stays_share"]})


def _training(facts: Facts) -> Iterator[Clause]:
    about, recent = facts.get("training_hours_in_function"), facts.get("training_hours")
    if about is not None:
        yield Clause("about", 1, {"hours": about}) if about else Clause("none_about", -1)
    if facts.get("leadership_trainings"):
        yield Clause("leadership", 1)
    if recent is not None:
        yield Clause("recent", 0, {"hours": recent}) if recent else Clause("none_recent", -1)


def _distance(facts: Facts) -> Iterator[Clause]:
    km, change = facts.get("distance_then_km"), facts.get("distance_change_km")
    if km is not None:
        values = {"km": km, "change": change}
        if change is None or abs(change) < 0.5:
            yield Clause("way", 0, {"km": km})
        else:
            yield Clause("further", -1, values) if change > 0 else _nearer(km, change)
    if facts.get("is_home_place"):
        yield Clause("home", 1)
    remote = facts.get("remoteness_change")
    if remote:
        yield Clause("into_remote", -1) if remote > 0 else Clause("out_of_remote", 1)


def _nearer(km: float, change: float) -> Clause:
    return Clause("nearer", 1, {"km": km, "change": -change})


def _workload(facts: Facts) -> Iterator[Clause]:
    there, here = facts.get("unit_staffing"), facts.get("staffing_now")
    if there is not None:
        yield Clause("there", 0, {"there": there, "here": here})
    elif here is not None:
        yield Clause("here", 0, {"here": here})
    if facts.get("position_staffing") is not None:
        yield Clause("post", 0, {"post": facts["position_staffing"]})


def _level_step(facts: Facts) -> Iterator[Clause]:
    if facts.get("levels_up") is not None:
        yield _stepwise(facts["levels_up"], "up", "level", "down")
    if facts.get("allowance_change"):
        yield _stepwise(facts["allowance_change"], "paid_more", "up", "paid_less", (1, 0, -1))
    if facts.get("grade_margin") is not None:
        yield _stepwise(facts["grade_margin"], "grade_above", "grade_lowest", "grade_below")
    for name in ("grade_above_holders", "grade_above_post_holders", "grade_above_title_holders"):
        if name in facts:
            yield _stepwise(facts[name], "above_holders", "like_holders", "below_holders")
            break
    for name in ("service_above_post_holders", "service_above_title_holders"):
        if name in facts:
            yield _longer_or_shorter(facts[name])
            break


def _longer_or_shorter(years: float) -> Clause:
    return Clause("longer_service" if years >= 0 else "shorter_service", 0, {"years": abs(years)})


def _stepwise(
    value: float, above: str, level: str, below: str, direction: tuple[int, int, int] = (0, 0, 0)
) -> Clause:
    """Return the clause of a difference, with its size in ``{size}``."""
    place = 0 if value > 0 else 2 if value < 0 else 1
    return Clause((above, level, below)[place], direction[place], {"size": abs(value)})


def _experience(years: float | None, some: str, none: str) -> Iterator[Clause]:
    if years is None:
        return
    if years <= 0:
        yield Clause(none, -1)
    else:
        yield Clause(some, 1 if years >= EXPERIENCED_YEARS else 0, {"years": years})


def _path(lift: float | None) -> Iterator[Clause]:
    if lift:
        yield Clause("usual", 1) if lift > 0 else Clause("unusual", -1)


def _beside_others(points: float, case: str, noticeable: float) -> Clause:
    """Return the clause of points above or below what is usual, with their size."""
    if abs(points) < noticeable:
        return Clause(f"{case}_usual", 0)
    way = 1 if points > 0 else -1
    return Clause(f"{case}_above" if way > 0 else f"{case}_below", way, {"size": abs(points)})


def _against_average(points: float, case: str) -> Clause:
    if points >= AVERAGE + NOTICEABLE:
        return Clause(f"{case}_above", 1, {"points": points})
    if points <= AVERAGE - NOTICEABLE:
        return Clause(f"{case}_below", -1, {"points": points})
    return Clause(f"{case}_average", 0, {"points": points})


CLAUSES: dict[str, Callable[[Facts], Iterator[Clause]]] = {
    "competence_fit": _competence_fit,
    "education_fit": _education_fit,
    "function_experience": _function_experience,
    "similar_posts": _similar_posts,
    "career_breadth": _career_breadth,
    "tenure": _tenure,
    "service_length": _service_length,
    "past_performance": _past_performance,
    "post_record": _post_record,
    "leniency": _leniency,
    "past_moves": _past_moves,
    "training": _training,
    "distance": _distance,
    "workload": _workload,
    "level_step": _level_step,
}
"""What the facts of each concept say."""
