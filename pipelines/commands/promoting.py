"""Commands about which model serves: compare, promote, rollback."""

from typing import Annotated

import typer

from pipelines.commands import options
from pipelines.commands.options import JsonOption, LanguageOption
from pipelines.console import tracked

REFUSED = 4
"""Exit code of a promotion that a gate refused."""


def compare(*, as_json: JsonOption = False, language: LanguageOption = None) -> None:
    """Show the challenger's gates and figures beside champion and baselines; change nothing.

    Judges by the same records that the challenger learned from, and adds the figures to
    its run in MLflow.
    """
    from pipelines.promotion.job import compare as compared
    from pipelines.promotion_summary import show_judgement

    words = options.language_of(language)
    with tracked(words) as progress:
        judgement = compared(options.settings(), progress)
    show_judgement(judgement, words, as_json=as_json)


def promote(
    *,
    despite: Annotated[
        list[str] | None,
        typer.Option(metavar="GATE", help="Overrule this gate; may be given again."),
    ] = None,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why it is overruled; kept for good.")
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Put the challenger to service if all gates hold; the champion becomes 'previous'.

    Ends with code 4 if a gate refuses, and changes nothing then. The data contract and
    the signature cannot be overruled.
    """
    from pipelines.promotion.job import promote as promoted
    from pipelines.promotion_summary import show_decision

    words = options.language_of(language)
    with tracked(words) as progress:
        decision = promoted(
            options.settings(), progress, despite=tuple(despite or ()), reason=reason
        )
    show_decision(decision, words, as_json=as_json)
    if not decision.is_promoted:
        raise typer.Exit(REFUSED)


def rollback(*, as_json: JsonOption = False, language: LanguageOption = None) -> None:
    """Put the previous champion back to service; a second time undoes the first."""
    from pipelines.promotion.job import rollback as turned
    from pipelines.promotion_summary import show_rollback

    words = options.language_of(language)
    show_rollback(turned(options.settings()), words, as_json=as_json)
