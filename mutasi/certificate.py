"""Check a transfer plan by nothing but its own file.

Written apart from what makes plans, of which it imports nothing: it counts people, adds
whole numbers and compares.  A plan that passes moves only pairs that were offered, keeps
every demand, is worth what it says, and no plan of the same question is worth more than
its bound, because the bound follows from the prices in the file: each person's best move
after prices, plus every limit at its price, is above any plan, whatever the prices are.

Numbers are whole: worth in steps of utility, prices and the bound in finer steps.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

FORMAT = 2
Content = dict[str, Any]

Pair = tuple[int, int, int, int, int]
"""Person, post, worth, cost, and whether the person is only lent (1) or moves (0)."""


@dataclass(frozen=True)
class Breach:
    """What a plan does not keep: the row that is broken, and where."""

    row: str
    about: str


@dataclass(frozen=True)
class Verdict:
    """What was found.

    Attributes:
        breaches: Everything that is broken; none, and the plan is what it says.
        value: What the moves are worth, T points.
        bound: What no plan is worth more than, T points.
        is_proven: Whether the bound leaves no room for a better plan.
    """

    breaches: tuple[Breach, ...]
    value: float
    bound: float
    is_proven: bool


def digest(content: Content) -> str:
    """Return the fingerprint of all that a plan's file says beside the fingerprint."""
    told = {name: part for name, part in content.items() if name != "digest"}
    text = json.dumps(told, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def check_file(path: Path) -> Verdict:
    """Check the file of a plan.

    Raises:
        ValueError: If it is no JSON.
        OSError: If it cannot be read.
    """
    return check(json.loads(path.read_text(encoding="utf-8")))


def check(content: Content) -> Verdict:
    """Check what the file of a plan says."""
    found: list[Breach] = []
    try:
        sheet = _Sheet(content)
        for part in (_of_layout, _of_rows, _of_lending, _of_moves, _of_demands, _of_figures):
            found += part(sheet)
        value, bound, fine = content["value"], content["bound"], content["price_steps"]
        is_proven = not found and bound < (value + 1) * fine
        scale = content["resolution"]
        return Verdict(tuple(found), value * scale, bound / fine * scale, is_proven)
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as wrong:
        return Verdict((*found, Breach("layout", repr(wrong))), 0.0, 0.0, is_proven=False)


class _Sheet:
    """A plan's file with what follows from it at once."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.people: list[str] = content["people"]["id"]
        self.holds: list[int] = content["people"]["holds"]
        posts = content["posts"]
        self.posts: list[str] = posts["id"]
        self.unit: list[str] = posts["unit"]
        self.family: list[str] = posts["family"]
        self.open: list[int] = posts["open"]
        pairs = content["pairs"]
        columns = ("person", "post", "worth", "cost", "lent")
        self.pairs: list[Pair] = list(zip(*(pairs[name] for name in columns), strict=True))
        self.demands: list[Content] = content["demands"]
        self.filled = Counter(post for post in self.holds if post >= 0)
        self.moves: list[Pair] = [self.pairs[pair] for pair in content["moves"]["pair"]]
        self.steps: list[int] = content["moves"]["step"]
        self.after = dict(enumerate(self.holds)) | {move[0]: move[1] for move in self.moves}

    def freed(self, pair: Pair) -> int:
        """Return the post of which a pair frees a seat, -1 for none: who is lent keeps theirs."""
        person, *_, lent = pair
        return -1 if lent else self.holds[person]

    def of(self, *kinds: str) -> Iterator[Content]:
        return (demand for demand in self.demands if demand["kind"] in kinds)

    def unit_of(self, post: int) -> str | None:
        return self.unit[post] if post >= 0 else None

    def counts(self, post: int, unit: str | None, family: str | None) -> bool:
        """Return whether a floor counts who is in a post."""
        return post >= 0 and unit in (None, self.unit[post]) and family in (None, self.family[post])

    def refusal(self, pair: Pair) -> str | None:
        """Return the pin that does not let a pair be."""
        person, post, *_, lent = pair
        name, where = self.people[person], self.posts[post]
        for pin in self.of("keep", "must", "must_not", "place"):
            is_refused = {
                "keep": True,
                "must": pin.get("post") != where,
                "must_not": pin.get("post") == where,
                "place": bool(lent),  # who is lent comes back
            }
            if pin["person"] == name and is_refused[pin["kind"]]:
                return str(pin["kind"])
        return None


def _of_layout(sheet: _Sheet) -> Iterator[Breach]:
    content = sheet.content
    if content["format"] != FORMAT:
        yield Breach("format", str(content["format"]))
    if content["digest"] != digest(content):
        yield Breach("digest", str(content["digest"]))
    if not _is_whole(content) or content["price_steps"] < 1 or not content["resolution"] > 0:
        yield Breach("whole", "a number is not whole, or a scale is not above zero")
    if any(len(set(names)) < len(names) for names in (sheet.people, sheet.posts)):
        yield Breach("names", "twice")
    if min(sheet.open, default=0) < 0:
        yield Breach("open", sheet.posts[sheet.open.index(min(sheet.open))])
    of_post = {len(each) for each in (sheet.posts, sheet.unit, sheet.family, sheet.open)}
    if len(of_post) > 1 or len(sheet.people) != len(sheet.holds):
        yield Breach("layout", "columns of different length")


def _of_rows(sheet: _Sheet) -> Iterator[Breach]:
    """Yield columns with a row that there is not; one below zero would count from the end."""
    pairs = sheet.content["pairs"]
    for column, least, names in (
        (pairs["person"], 0, sheet.people),
        (pairs["post"], 0, sheet.posts),
        (sheet.holds, -1, sheet.posts),
    ):
        if column and not least <= min(column) <= max(column) < len(names):
            yield Breach("layout", "a row that there is not")


def _of_lending(sheet: _Sheet) -> Iterator[Breach]:
    """Yield who is lent in part, or without an end."""
    lent = {pair[-1] for pair in sheet.pairs}
    if not lent <= {0, 1}:
        yield Breach("lent", str(sorted(lent)))
    if lent - {0} and not _is_day(sheet.content["until"]):
        yield Breach("until", str(sheet.content["until"]))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text) > date.min
    except ValueError:
        return False


def _is_whole(content: Content) -> bool:
    """Return whether all that is added up is whole, so that sums are exact."""
    columns = (
        content["people"]["holds"],
        content["posts"]["open"],
        *content["pairs"].values(),
        *content["moves"].values(),
        [price for *_, price in content["prices"]],
        [each[name] for each in content["demands"] for name in ("least", "most") if name in each],
        [content["value"], content["bound"], content["price_steps"]],
    )
    return all(type(number) is int for column in columns for number in column)


def _of_moves(sheet: _Sheet) -> Iterator[Breach]:
    """Yield moves that may not be, twice, or to a seat that is taken."""
    if min(sheet.content["moves"]["pair"], default=0) < 0:
        yield Breach("pair", "below zero")
    for person, times in Counter(move[0] for move in sheet.moves).items():
        if times > 1:
            yield Breach("once", sheet.people[person])
    for move in sheet.moves:
        person, post, *_ = move
        refused = sheet.refusal(move)
        if refused or sheet.holds[person] == post:
            yield Breach(refused or "pair", f"{sheet.people[person]} {sheet.posts[post]}")
    comes = Counter(move[1] for move in sheet.moves)
    goes = Counter(map(sheet.freed, sheet.moves))
    for post, count in comes.items():
        if count > goes[post] + sheet.open[post]:
            yield Breach("seats", sheet.posts[post])


def _of_demands(sheet: _Sheet) -> Iterator[Breach]:
    for demand in sheet.demands:
        told = {name: value for name, value in demand.items() if name != "kind"}
        if demand["kind"] not in KEPT:
            yield Breach("demand", str(demand["kind"]))
        elif not KEPT[demand["kind"]](sheet, **told):
            yield Breach(demand["kind"], " ".join(map(str, told.values())))


def _floor(sheet: _Sheet, least: int, unit: str | None = None, family: str | None = None) -> bool:
    return sum(sheet.counts(post, unit, family) for post in sheet.after.values()) >= least


def _most_moves(sheet: _Sheet, most: int, unit: str | None = None) -> bool:
    touched = [{sheet.unit_of(sheet.holds[i]), sheet.unit_of(j)} for i, j, *_ in sheet.moves]
    return sum(unit is None or unit in units for units in touched) <= most


def _budget(sheet: _Sheet, most: int) -> bool:
    return sum(move[3] for move in sheet.moves) <= most


def _moves(sheet: _Sheet, person: str, post: str | None = None) -> bool:
    ends = [sheet.posts[move[1]] for move in sheet.moves if sheet.people[move[0]] == person]
    return bool(ends) and post in (None, *ends)


def _moves_not(sheet: _Sheet, person: str, post: str | None = None) -> bool:
    return not _moves(sheet, person, post)


def _are_one(sheet: _Sheet, person: str, other: str) -> bool:
    one, two = (sheet.unit_of(sheet.after[sheet.people.index(name)]) for name in (person, other))
    return one == two


def _are_apart(sheet: _Sheet, person: str, other: str) -> bool:
    is_nowhere = sheet.after[sheet.people.index(person)] < 0
    return is_nowhere or not _are_one(sheet, person, other)


def _depth(sheet: _Sheet, most: int) -> bool:
    """Return whether moves of step 1 take open seats, and others what was left a step before."""
    if len(sheet.steps) != len(sheet.moves) or any(not 1 <= step <= most for step in sheet.steps):
        return False
    each = list(zip(sheet.moves, sheet.steps, strict=True))
    goes = Counter((step + 1, sheet.freed(move)) for move, step in each)
    comes = Counter((step, move[1]) for move, step in each)
    return all(
        count <= (sheet.open[post] if step == 1 else goes[step, post])
        for (step, post), count in comes.items()
    )


KEPT: dict[str, Callable[..., bool]] = {
    "floor": _floor,
    "most_moves": _most_moves,
    "budget": _budget,
    "depth": _depth,
    "must": _moves,
    "must_not": _moves_not,
    "keep": _moves_not,
    "place": _moves,
    "together": _are_one,
    "apart": _are_apart,
}
"""Whether a plan keeps a demand, by its kind."""


def _of_figures(sheet: _Sheet) -> Iterator[Breach]:
    """Yield figures that do not follow from the file."""
    content = sheet.content
    value = sum(move[2] for move in sheet.moves)
    if value != content["value"]:
        yield Breach("value", f"{content['value']} {value}")
    if any(price < 0 for *_, price in content["prices"]):
        yield Breach("price", "below zero")
    bound = _bound(sheet)
    if bound != content["bound"]:
        yield Breach("bound", f"{content['bound']} {bound}")
    if value * content["price_steps"] > bound:
        yield Breach("gap", f"{value} {bound}")


def _bound(sheet: _Sheet) -> int:
    """Return every limit at its price, plus each person's best move after prices."""
    tariff = _Tariff(sheet)
    stay = {pin["person"] for pin in sheet.of("must", "place")}
    best: dict[int, int] = {row: 0 for row, name in enumerate(sheet.people) if name not in stay}
    fine = sheet.content["price_steps"]
    pinned = {pin["person"] for pin in sheet.of("keep", "must", "must_not", "place")}
    for pair in sheet.pairs:
        person, _, worth, *_ = pair
        if sheet.people[person] not in pinned or sheet.refusal(pair) is None:
            left = worth * fine - tariff.charge(pair)
            best[person] = max(best.get(person, left), left)
    return tariff.limits + sum(best.values())


class _Tariff:
    """What each move pays for what it takes, and all limits at their price."""

    def __init__(self, sheet: _Sheet) -> None:
        self.sheet = sheet
        self.limits = 0
        self.every = self.rate = 0
        self.come, self.leave, self.seat = Counter[int](), Counter[int](), Counter[int]()
        self.unit = Counter[str | None]()
        self.presence = Counter[tuple[int, str | None]]()
        self.step = Counter[tuple[int, int]]()
        self.depth = min((demand["most"] for demand in sheet.of("depth")), default=0)
        row = {name: number for number, name in enumerate(sheet.posts)}
        for *key, price in sheet.content["prices"]:
            match key:
                case ["seats", name] if not self.depth:
                    self.seat[row[name]] += price
                    self.limits += sheet.open[row[name]] * price
                case ["step", number, name] if 1 <= number <= self.depth:
                    self.step[number, row[name]] += price
                    self.limits += sheet.open[row[name]] * price if number == 1 else 0
                case [int(number), *part]:
                    self._add(sheet.demands[number], part, price)
                case _:
                    raise ValueError(f"no row {key}")

    def _add(self, demand: Content, part: list[Any], price: int) -> None:
        sheet = self.sheet
        self.limits += demand.get("most", 0) * price
        match demand["kind"], part:
            case "floor", []:
                where = demand.get("unit"), demand.get("family")
                inside = [j for j in range(len(sheet.posts)) if sheet.counts(j, *where)]
                self.limits += (sum(sheet.filled[j] for j in inside) - demand["least"]) * price
                self.come.update(dict.fromkeys(inside, -price))
                self.leave.update(dict.fromkeys(inside, price))
            case "most_moves", [] if "unit" in demand:
                self.unit[demand["unit"]] += price
            case "most_moves", []:
                self.every += price
            case "budget", []:
                self.rate += price
            case "together" | "apart" as kind, [str(unit), int(sign)]:  # to be nowhere is no unit
                signs = (1, 1) if kind == "apart" else (sign, -sign)
                self.limits += price if kind == "apart" else 0
                for name, each in zip((demand["person"], demand["other"]), signs, strict=True):
                    person = sheet.people.index(name)
                    self.presence[person, unit] += each * price
                    self.limits -= each * price * (sheet.unit_of(sheet.holds[person]) == unit)
            case other:
                raise ValueError(f"no row {other}")

    def charge(self, pair: Pair) -> int:
        """Return what the cheapest way of a move pays."""
        person, post, _, cost, _ = pair
        held, freed = self.sheet.holds[person], self.sheet.freed(pair)
        old, new = self.sheet.unit_of(held), self.sheet.unit[post]
        paid = self.every + cost * self.rate + self.come[post] + self.seat[post]
        paid += self.leave[held] if held >= 0 else 0
        paid -= self.seat[freed] if freed >= 0 else 0
        paid += self.unit[new] + (self.unit[old] if old != new else 0)
        paid += self.presence[person, new] - self.presence[person, old]
        steps = range(1, self.depth + 1)
        at = (self.step[n, post] - (self.step[n + 1, freed] if freed >= 0 else 0) for n in steps)
        return paid + min(at, default=0)
