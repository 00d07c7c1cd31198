"""Commands of receipts: receipt verify."""

from typing import Annotated

import typer

from pipelines.commands import options
from pipelines.commands.auditing import BROKEN
from pipelines.commands.options import JsonOption, LanguageOption

DIFFERS = 6
"""Exit code of a receipt that is what was written, but comes out otherwise now."""

receipts = typer.Typer(
    no_args_is_help=True, help="What was recommended, kept as it was told: compute it again."
)


@receipts.callback()
def of_receipts() -> None:
    """Keep the name of the one command there is."""


@receipts.command()
def verify(
    receipt_id: Annotated[str, typer.Argument(metavar="ID", help="As the answer named it.")],
    *,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Compute a recommendation again from the store and the signed model; tell what differs.

    Ends with 0 if it is identical, 5 if the receipt itself is not what was written, and 6
    if it is, but records, rules or model are others now, or the answer is.
    """
    from pipelines.receipt_summary import show_verified
    from pipelines.receipts import verify as verified

    found = verified(options.settings(), receipt_id)
    show_verified(found, options.language_of(language), as_json=as_json)
    if found.fault is not None:
        raise typer.Exit(BROKEN)
    if found.differences:
        raise typer.Exit(DIFFERS)
