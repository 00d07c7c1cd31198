"""The command that looks after an installation: doctor."""

from collections import Counter
from typing import Annotated

import typer

from mutasi.i18n import render
from pipelines.commands import options
from pipelines.commands.options import JsonOption, LanguageOption
from pipelines.console import console, show_json

UNFIT = 7
"""Exit code of an installation that does not work, or not safely."""

SIGNS = {"good": ("✓", "green"), "poor": ("!", "yellow"), "bad": ("✗", "red")}


def doctor(
    *,
    host: Annotated[str, typer.Option(help="Address of the service.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the service.")] = 8000,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Tell whether this installation is fit to serve; changes nothing (exit code 7 if not)."""
    from pipelines.doctor import Health, examine

    words = options.language_of(language)
    found = examine(options.settings(), host, port)
    said = [render(each.said, words, **each.params) for each in found]
    if as_json:
        show_json(
            [
                {"what": each.what, "health": each.health, "code": each.said, "sentence": sentence}
                for each, sentence in zip(found, said, strict=True)
            ]
        )
    else:
        for each, sentence in zip(found, said, strict=True):
            sign, style = SIGNS[each.health]
            what = render(f"doctor.what.{each.what}", words)
            console.print(f"{sign} {what}: {sentence}", style=style, soft_wrap=True, markup=False)
        counts = Counter(each.health for each in found)
        told = {health.value: counts[health] for health in Health}
        console.print(render("doctor.sum", words, **told), markup=False)
    if any(each.health is Health.BAD for each in found):
        raise typer.Exit(UNFIT)
