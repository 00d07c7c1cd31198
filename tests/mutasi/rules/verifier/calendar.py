"""Days as law counts them."""

from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


def anniversary(day: date, years: int) -> date:
    """Return the same calendar day some years later; of 29 February else 1 March."""
    if (day.month, day.day) == (2, 29) and not _is_leap(day.year + years):
        return date(day.year + years, 3, 1)
    return date(day.year + years, day.month, day.day)


def first_of_next_month(day: date) -> date:
    """Return the first day of the month after a day's."""
    return months_before(day.replace(day=1), -1)


def months_before(first: date, months: int) -> date:
    """Return the first day of a month some months before another first day."""
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
