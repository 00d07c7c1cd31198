"""What a plan says to people, as data: what ``--json`` prints.  It holds names: confidential.

Worths, gains and prices are in T points; chances 0 to 1.
"""

from typing import Any, Literal

from pipelines.pages.figure import Part
from pipelines.planning.schema_chart import Chart
from pipelines.planning.schema_compare import Outcomes
from pipelines.planning.schema_worth import Withheld, Worth


class Post(Part):
    """A post, as people know it."""

    post: str
    title: str
    unit: str


class Next(Part):
    """The next best that was not taken.

    Attributes:
        name: Of the person, or of the post with its unit.
        worth: What that move is worth.
        is_taken: Whether that person, or a seat of that post, is in the plan elsewhere.
    """

    name: str
    worth: float
    is_taken: bool


class Reason(Part):
    """What one concept does to one prediction of a move.

    Attributes:
        aspect: The prediction: ``performance``, ``acceptance`` or ``profile``.
        concept: The concept, a key of the message catalogue.
        effect: By how much: T points, for acceptance percentage points.
        facts: What is known of it, by feature.
    """

    aspect: str
    concept: str
    effect: float
    facts: dict[str, float | str | None]


class Move(Part):
    """One move.

    Attributes:
        person: NIP.
        name: Name.
        origin: The post that is left; None for who holds none.
        to: The post that is taken.
        chain: Number of the chain; moves of one chain need each other.
        after: NIP of who leaves the seat in the same plan; None where it is open now.
        backfill: NIP of who takes the seat that is left; None where it stays empty.
        until: ISO day until which the person is only lent, and keeps the post that is left;
            None for a move.
        worth: What offering the move is worth beyond staying.
        gain: Expected performance gained, if accepted; None for who holds no post.
        chance: Chance that the offer is accepted.
        price: Of the seat: what one more of them would be worth.
        person_next: The person's next best post.
        post_next: The post's next best person.
        reasons: What speaks for and against it by the model, the strongest first; none where
            too little is known of such moves.
    """

    person: str
    name: str | None
    origin: Post | None
    to: Post
    chain: int
    after: str | None
    backfill: str | None
    until: str | None = None
    worth: float
    gain: float | None
    chance: float
    price: float
    person_next: Next | None
    post_next: Next | None
    reasons: tuple[Reason, ...] = ()


class Load(Part):
    """A unit before and after.

    Attributes:
        unit: Id of the unit.
        name: Its name.
        needed: People needed in its posts.
        before: People there now.
        after: People there afterwards.
        short_before: People missing, by post, weighted by the demands on the unit.
        short_after: The same afterwards.
    """

    unit: str
    name: str
    needed: int
    before: int
    after: int
    short_before: float
    short_after: float


PriceWay = Literal["without", "again", "most"]


class Price(Part):
    """What a demand costs.

    Attributes:
        demand: The demand, as a request writes it.
        price: What the plan would be worth more without a pin, with one more of a limit, or
            with a hundredth more of a budget, T points.
        way: How that was found: by planning again ``without`` it, by planning ``again`` with
            one more, or by its price alone, which is what more adds at ``most``.
    """

    demand: dict[str, Any]
    price: float
    way: PriceWay


CrowdName = Literal["posts_alone", "posts_priced", "people_alone", "people_priced"]


class Crowd(Part):
    """How many lists have the same first.

    Attributes:
        name: ``posts_alone``: lists of people, one an open post, by worth alone;
            ``posts_priced``: by what is left after prices; ``people_alone`` and
            ``people_priced``: lists of posts, one a person to whom a move is worth anything.
        lists: How many lists.
        firsts: How many different firsts.
        most: How many lists the same one heads at most.
        effective: As how many firsts that are equally often first (inverse Simpson index).
    """

    name: CrowdName
    lists: int
    firsts: int
    most: int
    effective: float


class PlanReport(Part):
    """A plan in the words of people.

    Attributes:
        as_of: The day.
        model: Version of the model; None where the transparent score stood in.
        people: Everybody in service.
        pairs: Pairs that the law allows, among the best of each post.
        vacancies: Seats that are open now or soon, in the posts looked at.
        moves: The moves, chain by chain.
        value: What they are worth.
        bound: What no plan is worth more than.
        gap: By how much the plan may be below that, as a share.
        is_best: Whether no plan is worth more.
        is_proven: Whether the checker can see that from the prices alone.
        short_before: People missing in all units, weighted by demand.
        short_after: The same afterwards.
        loads: Units that change, the most relieved first.
        chart: Units on a map and the ways of the moves; None where no place is on record.
        prices: What pins and binding demands cost, the dearest first.
        untold: Pins whose price there was no time to find.
        crowds: How many lists have the same first, without and with prices.
        nowhere: NIPs of displaced people whom law and request let into no post.
        worth: What the plan is worth by models that did not choose it; why it is not told,
            otherwise.
        outcomes: The plan beside those by other definitions of a good outcome; None where the
            request names none.
        seconds: How long it took.
    """

    as_of: str
    model: str | None
    people: int
    pairs: int
    vacancies: int
    moves: tuple[Move, ...]
    value: float
    bound: float
    gap: float
    is_best: bool
    is_proven: bool
    short_before: float
    short_after: float
    loads: tuple[Load, ...]
    chart: Chart | None = None
    prices: tuple[Price, ...]
    untold: int
    crowds: tuple[Crowd, ...] = ()
    nowhere: tuple[str, ...]
    worth: Worth | Withheld
    outcomes: Outcomes | None = None
    seconds: float
