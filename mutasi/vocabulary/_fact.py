"""What a field means, said once, and the kinds of fields that nouns share."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Annotated, Any, get_args, get_origin, get_type_hints


@dataclass(frozen=True)
class Fact:
    """What a field of a noun means, and what values it may have.

    Attributes:
        text: The meaning, in a sentence fragment.
        unit: The unit of a number.
        low: The smallest value allowed.
        high: The largest value allowed.
        codes: The only values allowed.
        references: The noun whose key the value must be.
        personal: Identifies a person: never a feature, never in a log.
        protected: A protected attribute: audits, never predicts.
    """

    text: str
    unit: str | None = None
    low: float | None = None
    high: float | None = None
    codes: tuple[str, ...] | None = None
    references: str | None = None
    personal: bool = False
    protected: bool = False


KnownOn = Annotated[date, Fact("day from which this record could be known")]
EmployeeRef = Annotated[str, Fact("the employee", references="employees")]
PositionRef = Annotated[str, Fact("the position", references="positions")]
Level = Annotated[float | None, Fact("level", unit="1 (lowest) to 5", low=0, high=5)]
Points = Annotated[float | None, Fact("points", unit="0 to 100", low=0, high=100)]
Latitude = Annotated[float | None, Fact("latitude", unit="degrees north", low=-90, high=90)]
Longitude = Annotated[float | None, Fact("longitude", unit="degrees east", low=-180, high=180)]
Grade = Annotated[
    int,
    Fact("grade (golongan)", unit="1 = I/a … 17 = IV/e; PPPK 1 = I … 17 = XVII", low=1, high=17),
]


@dataclass(frozen=True)
class Column:
    """One field of a noun, as storage and contracts see it.

    Attributes:
        name: The field's name.
        kind: ``str``, ``int``, ``float``, ``bool`` or ``date``.
        optional: Whether it may be empty.
        fact: Its meaning and bounds.
    """

    name: str
    kind: type
    optional: bool
    fact: Fact


def columns(noun: type[Any]) -> tuple[Column, ...]:
    """Return the fields of a noun in order.

    >>> from mutasi.vocabulary import Need
    >>> [column.name for column in columns(Need)]
    ['position_id', 'since', 'needed', 'workload', 'known_on']
    >>> columns(Need)[2].fact.unit
    'people'
    """
    hints = get_type_hints(noun, include_extras=True)
    return tuple(_column(field.name, hints[field.name]) for field in fields(noun))


def _column(name: str, hint: Any) -> Column:
    assert get_origin(hint) is Annotated, f"{name} says no Fact"
    kind, fact = get_args(hint)[:2]
    choices = [option for option in get_args(kind) if option is not type(None)]
    return Column(name, choices[0] if choices else kind, bool(choices), fact)
