"""What commands share: settings of the call, language, JSON."""

from collections.abc import Iterable, Sequence
from contextvars import ContextVar
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from mutasi.choices import offered
from mutasi.i18n import render
from mutasi.settings import Settings

Choice = TypeVar("Choice", int, str)

QUARANTINED = 3
"""Exit code of an import that put rows into quarantine."""

SETTINGS: ContextVar[Settings] = ContextVar("settings")
"""Settings of this call of the command line."""


class Language(StrEnum):
    """Languages of what people read."""

    INDONESIAN = "id"
    ENGLISH = "en"


def _heard(chosen: Language | None) -> Language | None:
    """Keep the language, so that an error is told in it too."""
    if chosen is not None:
        SETTINGS.set(SETTINGS.get().model_copy(update={"language": chosen.value}))
    return chosen


LanguageOption = Annotated[
    Language | None,
    typer.Option(
        "--lang",
        help="Language of the words; default MUTASI_LANGUAGE.",
        callback=_heard,
        is_eager=True,  # what is wrong with the others is told in it
    ),
]


JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for a program to read.")]


def settings() -> Settings:
    """Return the settings of this call."""
    return SETTINGS.get()


def language_of(chosen: Language | None) -> str:
    """Return the language chosen, else that of the settings."""
    return chosen.value if chosen else settings().language


def unusable(reason: str, **params: object) -> typer.BadParameter:
    """Return the error of a wrong use of options, in the language of the settings."""
    return typer.BadParameter(render(f"usage.{reason}", settings().language, **params))


def not_among(option: str, said: object, known: Iterable[object]) -> typer.BadParameter:
    """Return the error of a choice that there is not; it names those that there are."""
    return unusable("not_among", option=option, value=said, known=offered(known, said))


def among(
    option: str, chosen: Sequence[Choice] | None, known: Iterable[Choice]
) -> tuple[Choice, ...]:
    """Return what was chosen of what there is; all where nothing was.

    Raises:
        typer.BadParameter: If something was chosen that there is not.
    """
    every = tuple(known)
    for one in chosen or ():
        if one not in every:
            raise not_among(f"--{option}", one, every)
    return tuple(chosen or every)
