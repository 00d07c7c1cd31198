"""What is wrong with a command line, in the language of who typed it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pydantic import ValidationError
from pydantic_settings import SettingsError

# typer brings its own click, and exports BadParameter alone of its errors
from typer._click.exceptions import MissingParameter, NoArgsIsHelpError, UsageError

from mutasi.choices import listed, offered
from mutasi.i18n import has_words, render
from mutasi.settings import Settings
from pipelines.console import errors

SENTENCES: Final[Mapping[str, re.Pattern[str]]] = {
    "command_unknown": re.compile(r"No such command '(?P<value>[^']*)'"),
    "option_unknown": re.compile(r"No such option: (?P<value>\S+)"),
    "value_missing": re.compile(r"Option '(?P<option>.*)' requires"),
    "too_much": re.compile(r"unexpected extra arguments?(?:\(s\))? \((?P<value>.*)\)"),
    "not_there": re.compile(r"(?i:file|directory|path) '(?P<value>.*)' does not exist"),
    "not_among": re.compile(r"is not one of (?P<known>.*)", re.DOTALL),
    "no_day": re.compile(r"'(?P<value>.*)' does not match the formats? '%Y-%m-%d'"),
}
"""How the library says what can be said in words of ours, by their key below ``usage``."""


def tell(error: UsageError, words: Sequence[str]) -> None:
    """Write what is wrong to standard error, and how the command is used.

    Args:
        error: What is wrong.
        words: Those of the command line.
    """
    if isinstance(error, NoArgsIsHelpError):  # the help was shown
        return
    language, told = language_of(words), []
    if error.ctx is not None:
        usage = error.ctx.get_usage().partition(":")[2].strip()
        told.append(render("usage.frame", language, usage=usage, command=error.ctx.command_path))
    told.append(render("usage.error", language, sentence=sentence(error, language)))
    errors.print("\n".join(told), markup=False, highlight=False, soft_wrap=True)


def language_of(words: Sequence[str]) -> str:
    """Return the language of a command line that could not be read: of ``--lang``, else as set."""
    said = re.search(r"(?<!\S)--lang[ =](id|en)(?!\S)", " ".join(words))
    if said:
        return said[1]
    try:
        return Settings().language
    except (ValidationError, SettingsError):
        return str(Settings.model_fields["language"].default)


def sentence(error: UsageError, language: str) -> str:
    """Return what is wrong; as it was said, where nobody foresaw it."""
    name = _name(getattr(error, "param", None))
    if isinstance(error, MissingParameter):
        return render("usage.missing", language, option=name)
    cause = error.__cause__
    found = cause.errors()[0] if isinstance(cause, ValidationError) else None
    for key, pattern in SENTENCES.items():
        if match := pattern.search(error.message):
            values: dict[str, Any] = {"option": name, "value": found and found["input"]}
            values |= match.groupdict()
            known = listed(values["known"]) if "known" in values else _known(key, error)
            values["known"] = offered(known, values["value"])
            return render(f"usage.{key}", language, **values)
    if found:
        key = f"problem.wrong.{found['type']}"
        known_key = key if has_words(key, language) else "problem.wrong.other"
        wrong = render(known_key, language, **found.get("ctx", {}))
        return render("usage.wrong", language, option=name, value=found["input"], wrong=wrong)
    return error.message


def _known(key: str, error: UsageError) -> list[str]:
    """Return the commands or options that there are, if that is what is not known."""
    if error.ctx is None:
        return []
    if key == "command_unknown":
        command: Any = error.ctx.command
        return list(command.list_commands(error.ctx))
    if key == "option_unknown":
        return [opt for each in error.ctx.command.params for opt in each.opts if opt[0] == "-"]
    return []


def _name(param: Any) -> str:
    """Return how a parameter is typed, or shown in the usage if it is an argument."""
    if param is None:
        return ""
    return str(param.opts[0] if param.param_type_name == "option" else param.name.upper())
