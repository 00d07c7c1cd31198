"""What the words of the tables mean: titles, grades, fields, places.

Officers describe their posts themselves, so one post has many wordings
("D.M.", "District Collector", "Collector & Districtrict Magistrate").  Taken as
written, a title would tell who wrote it: the same officer words the next post
the same way.  Everything here works on distinct texts, of which there are few.
"""

import re
from typing import Final

GRADES: Final = {
    "Junior Scale": 1,
    "Under Secretary": 2,
    "Senior Time Scale": 2,
    "Deputy Secretary": 3,
    "Junior Administrative Grade (Ordinary Grade)": 3,
    "Director": 4,
    "Junior Administrative Grade (Selection Grade)": 4,
    "Joint Secretary": 5,
    "Senior Administrative Grade": 5,
    "Additional Secretary": 6,
    "Higher Administrative Grade": 6,
    "Secretary": 7,
    "Cabinet Secretary": 8,
    "Above Secretary Level": 8,
}
"""The service's own ladder of grades, lowest 1, and the pay grades that equal its steps."""

UNGRADED: Final = ("Not Available", "Other Scales")
_GRADED = re.compile(
    r"(?:^|\s)("
    + "|".join(re.escape(text) for text in sorted((*GRADES, *UNGRADED), key=len, reverse=True))
    + r")(?: Equivalent)?\s*$"
)

UNKNOWN: Final = frozenset({"", "n a", "na", "not available", "n applicable n available"})

_ABSENCES = re.compile(
    r"^(?:on (?!special)|under (?:training|suspension)|probation|earned leave|awaiting|waiting"
    r"|compulsory|trainee|joining time|officer trainee|ias probationer|retired)|leave|study tour"
    r"|under training|fellow$"
)
_SCHOOLING = re.compile(r"training|leave|probation", re.IGNORECASE)

_SPELLINGS: Final = tuple(
    (re.compile(pattern), text)
    for pattern, text in (
        (r"\b([a-z]) (?=[a-z]\b)", r"\1"),
        (r"\b(?:and|cum|the|of|in|to|for|charge)\b", " "),
        (r"\bjt\b", "joint"),
        (r"\b(?:addl|addnl|adl|add)\b", "additional"),
        (r"\bspl\b", "special"),
        (r"\b(?:secy|sec|secretory|secretay|secrtary)\b", "secretary"),
        (r"\b(?:dy|dep)\b", "deputy"),
        (r"\b(?:distt|dist|districtrict)\b", "district"),
        (r"\b(?:commr|comm|commisioner|commissoner|comissioner)\b", "commissioner"),
        (r"\bcmd\b", "chairman managing director"),
        (r"\bmd\b", "managing director"),
        (r"\b(?:dir|dirctor)\b", "director"),
        (r"\bceo\b", "chief executive officer"),
        (r"\bdg\b", "director general"),
        (r"\bgm\b", "general manager"),
        (r"\badm\b", "additional district magistrate"),
        (r"\bdm\b", "district magistrate"),
        (r"\badc\b", "additional deputy commissioner"),
        (r"\bdc\b", "deputy commissioner"),
        (r"\bsdo\b", "sub divisional officer"),
        (r"\bsdm\b", "sub divisional magistrate"),
        (r"\bac\b", "assistant collector"),
        (r"\bcdo\b", "chief development officer"),
        (r"\bddo\b", "district development officer"),
        (r"\bcm\b", "chief minister"),
        (r"\bosd\b", "officer on special duty"),
        (r"\bdev\b", "development"),
        (r"\b(?:asst|asstt)\b", "assistant"),
        (r"\b(?:prl|prin|princ|princpal)\b", "principal"),
        (r"\bfin\b", "financial"),
        (r"\b(?:ind|indl)\b", "industrial"),
        (r"\bpvt\b", "private"),
        (r"\bchairperson\b", "chairman"),
        (r"\b(?:govt|government)(?: [a-z]+){0,2}$", " "),
    )
)

_DISTRICT_HEADS: Final = frozenset(
    {
        "collector",
        "collector district magistrate",
        "deputy commissioner collector",
        "deputy commissioner district magistrate",
        "district collector",
        "district collector district magistrate",
        "district magistrate",
        "district magistrate collector",
        "district magistrate deputy commissioner",
        "district magistrate district collector",
    }
)
_SUBDIVISION_HEADS: Final = frozenset(
    {
        "assistant collector",
        "assistant collector sub divisional magistrate",
        "assistant collector sub divisional officer",
        "assistant magistrate",
        "assistant magistrate collector",
        "joint magistrate",
        "joint magistrate sub collector",
        "joint magistrate sub divisional magistrate",
        "revenue divisional officer",
        "sub collector",
        "sub collector joint magistrate",
        "sub collector sub divisional magistrate",
        "sub divisional magistrate",
        "sub divisional officer",
        "sub divisional officer civil",
        "sub divisional officer sub divisional magistrate",
    }
)

_NOISE = re.compile(
    r"\b(?:deptt?|department|dept|govt|government|of|the|o o|d o|and|office|nct|state|distt"
    r"|district|collectorate|land revenue disaster mgmt|d m collector)\b"
)

DISTRICT: Final = "district"
FUNCTIONS: Final = {
    "agriculture_cooperation": "agriculture",
    "commerce": "trade",
    "communications_information_technology": "communication",
    "consumer_affairs_food_pd": "food",
    "culture": "culture_tourism",
    "environment_forests": "environment",
    "finance": "finance",
    "health_family_welfare": "health",
    "home": "law_order",
    "human_resource_dev": "education",
    "information_broadcasting": "communication",
    "information_technology": "communication",
    "labour_employment": "labour",
    "land_revenue_mgmt_district_admn": DISTRICT,
    "personnel_and_general_administration": "personnel",
    "planning_prog_implementation": "planning",
    "public_works": "public_works",
    "social_justice_empowerment": "social",
    "tourism": "culture_tourism",
    "transport": "transport",
}
"""Major fields that are a function of government of the vocabulary; others keep their own name."""


def grade(text: str) -> int | None:
    """Return the grade at the end of a designation; None if it says none.

    It is the pay grade of who holds the post on that row, not the post's.

    >>> grade("Secretary Joint Secretary"), grade("Director Not Available")
    (5, None)
    """
    found = _GRADED.search(text)
    return None if found is None else GRADES.get(found[1])


def title(text: str) -> str | None:
    """Return a designation without its grade, in one spelling; None if it names no post.

    >>> title("Jt Secy Deputy Secretary"), title("N.A. Director")
    ('joint secretary', None)
    >>> title("Collector & Districtrict Magistrate Junior Scale")
    'collector district magistrate'
    """
    found = _GRADED.search(text)
    words = _plain(text if found is None else text[: found.start()])
    if words in UNKNOWN:
        return None
    for pattern, spelling in _SPELLINGS:
        words = " ".join(pattern.sub(spelling, words).split())
    return words or None


def role(title: str | None, function: str | None) -> str | None:
    """Return the post that a title means: states word the head of a district differently.

    >>> role("district magistrate", None), role("deputy commissioner", "district")
    ('district head', 'district head')
    >>> role("deputy commissioner", "finance")
    'deputy commissioner'
    """
    if title in _SUBDIVISION_HEADS:
        return "subdivision head"
    by_field = title == "deputy commissioner" and function == DISTRICT
    return "district head" if by_field or title in _DISTRICT_HEADS else title


def is_absence(text: str) -> bool:
    """Return whether a designation is leave, training or waiting: no post.

    >>> is_absence("On Foreign Training Director"), is_absence("Joint Secretary Director")
    (True, False)
    """
    return _ABSENCES.search(_plain(text)) is not None


def is_away(organisation: str) -> bool:
    """Return whether an organisation is leave, training or probation."""
    return _SCHOOLING.search(organisation) is not None


def fields(text: str) -> tuple[str | None, str | None]:
    """Return the function and the narrower family of a "major / minor" field.

    >>> fields("Finance / Sales Tax"), fields("N.Applicable/N.Available / NA.")
    (('finance', 'sales_tax'), (None, None))
    >>> fields("Home / Home"), fields("Textiles /")
    (('law_order', None), ('textiles', None))
    """
    major, _, minor = text.strip().partition(" /")
    major, minor = _slug(major), _slug(minor)
    if not major or major.startswith("n_applicable"):
        return None, None
    narrower = minor if minor and minor not in {major, "na", "n_a"} else None
    return FUNCTIONS.get(major, major), narrower


def place(text: str) -> str | None:
    """Return a department or location as a set of words; None if nothing is said.

    >>> place("Finance Deptt"), place("Deptt of Finance"), place("")
    ('finance', 'finance', None)
    """
    words = _plain(text)
    if words in UNKNOWN:
        return None
    for _ in range(2):
        words = " ".join(_NOISE.sub(" ", words).split())
    return " ".join(sorted(set(words.split()))) or None


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9]+", " ", text.lower()).split())


def _slug(text: str) -> str:
    return _plain(text).replace(" ", "_")
