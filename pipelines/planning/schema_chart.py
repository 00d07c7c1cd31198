"""Where units are and which ways the moves of a plan go, as data."""

from pipelines.pages.figure import Part


class Place(Part):
    """A unit whose place is on record.

    Attributes:
        unit: Id of the unit.
        name: Its name.
        latitude: Degrees north.
        longitude: Degrees east.
        needed: People needed in its posts.
        before: People there now.
        after: People there afterwards.
        relieved: By how much what it lacks shrinks, weighted by the demands on it.
    """

    unit: str
    name: str
    latitude: float
    longitude: float
    needed: int
    before: int
    after: int
    relieved: float


class Way(Part):
    """How many go from one unit to another.

    Attributes:
        origin: Place of the unit that is left, among the places.
        to: Place of the unit that is gone to.
        moves: How many.
    """

    origin: int
    to: int
    moves: int


class Chart(Part):
    """Units where they are, and the ways between them.

    Attributes:
        places: Units whose place is on record, the most relieved first.
        ways: The ways between them, those of most moves first.
        elsewhere: Moves that are on no way: within a unit, of who holds no post, or of a unit
            whose place is not on record.
        unplaced: Units whose place is not on record.
    """

    places: tuple[Place, ...]
    ways: tuple[Way, ...]
    elsewhere: int
    unplaced: int
