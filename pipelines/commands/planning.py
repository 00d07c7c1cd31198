"""Commands of the transfer plan: plan, plan check, plan compare."""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from mutasi.i18n import render
from pipelines.commands import options
from pipelines.commands.options import JsonOption, LanguageOption
from pipelines.console import errors, tracked

MAKE = "make"
TWO = 2
"""Plans that it takes to compare."""


class RequestFirst(TyperGroup):
    """Takes what is no subcommand for a request: ``mutasi plan REQUEST``."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put the subcommand that makes plans before a request."""
        if args and args[0] not in {*self.commands, "--help"}:
            args = [MAKE, *args]
        return super().parse_args(ctx, args)


plans = typer.Typer(
    cls=RequestFirst,
    no_args_is_help=True,
    help="Plan the moves of a whole region (mutasi plan REQUEST), and check plans.",
)


@plans.command(MAKE)
def make(
    request: Annotated[
        Path, typer.Argument(exists=True, dir_okay=False, help="What is asked, TOML or JSON.")
    ],
    *,
    out: Annotated[
        Path | None, typer.Option(file_okay=False, help="Folder to write to; default in the home.")
    ] = None,
    worth: Annotated[
        bool,
        typer.Option(help="Ask models that did not choose the plan what it is worth; a minute."),
    ] = True,
    limit: Annotated[int, typer.Option(min=1, help="How many rows to print of each table.")] = 20,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Plan which moves are best for the region, within law, seats, floors and wishes.

    Writes the plan with its proof, which 'mutasi plan check' verifies, a report as a page
    and as data, and a workbook with the moves (all hold NIPs: confidential).
    """
    from functools import partial

    from mutasi.planning.request import read
    from pipelines.plan_summary import show_plan
    from pipelines.planning.job import plan_region
    from pipelines.planning.wishes import with_wishes
    from pipelines.receipts import tell_planned
    from pipelines.recommend import opened

    words = options.language_of(language)
    asked = read(request)
    settings = options.settings()
    found = opened(settings, asked.as_of)
    asked = with_wishes(settings, found.recommender.snapshot, asked)
    if found.problem is not None:
        told = render(f"error.{found.problem.code}", words, **found.problem.params)
        errors.print(told, style="yellow", markup=False)
    folder = out or settings.home / "plans" / request.stem
    plan = partial(plan_region, before=partial(tell_planned, settings))
    if worth:
        with tracked(words) as progress:
            planned = plan(found.recommender, asked, folder, words, progress)
    else:
        planned = plan(found.recommender, asked, folder, words)
    show_plan(planned, limit, words, as_json=as_json)


@plans.command("check")
def check(
    plan: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A plan's own file.")],
    *,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Check a plan by nothing but its own file: every demand, its worth, its bound."""
    from dataclasses import asdict

    from pipelines.console import show_json
    from pipelines.plan_summary import show_verdict
    from pipelines.planning.checking import checked

    verdict = checked(plan)
    if as_json:
        show_json(asdict(verdict))
        return
    show_verdict(plan, verdict, options.language_of(language))


@plans.command("list")
def listed(
    plan: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A plan's own file.")],
    *,
    person: Annotated[str | None, typer.Option(help="Where this person might go; a NIP.")] = None,
    vacancy: Annotated[str | None, typer.Option(help="Who might go to this post; an id.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many rows.")] = 10,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """List a person's posts, or a post's people, by worth after a plan's prices.

    So not everybody is sent to the same post: the first is whom, or where, the plan sends,
    where the plan is proven best.
    """
    from pipelines.plan_summary import show_list
    from pipelines.planning.lists import names_of, read
    from pipelines.receipts import tell_read
    from pipelines.recommend import opened

    if (person is None) == (vacancy is None):
        raise options.unusable("plan.one_list")
    found = read(plan)
    rows = found.of_post(vacancy) if person is None and vacancy else found.of_person(person or "")
    settings, words = options.settings(), options.language_of(language)
    called = names_of(opened(settings).recommender.snapshot)
    tell_read(settings, (each.person for each in rows[:limit]))
    show_list(rows, called, limit, words, as_json=as_json)


@plans.command("compare")
def compare(
    plan: Annotated[
        list[Path],
        typer.Argument(exists=True, metavar="A B …", help="Folders of plans, two to six."),
    ],
    *,
    out: Annotated[
        Path | None, typer.Option(dir_okay=False, help="Page to write; default in the home.")
    ] = None,
    limit: Annotated[int, typer.Option(min=1, help="How many people to list.")] = 20,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Put plans side by side: worth, shortage, how much they agree, who goes elsewhere.

    Writes the same as a page with drawings (it holds names: confidential).
    """
    from mutasi.planning.plan import written
    from mutasi.private import make_folder
    from mutasi.store.trail import Kind
    from pipelines.plan_summary import show_comparison
    from pipelines.planning.beside_page import MOST_PLANS, beside_page
    from pipelines.planning.comparing import compared
    from pipelines.receipts import tell_read

    if not TWO <= len(plan) <= MOST_PLANS:
        raise options.unusable("plan.two_plans", most=MOST_PLANS)
    settings, words = options.settings(), options.language_of(language)
    found = compared(plan)
    tell_read(settings, (side.name for side in found.sides), Kind.PLAN)
    page = out or settings.home / "plans" / f"compared.{words}.html"
    make_folder(page.parent)
    written(page, beside_page(found, words))
    show_comparison(found, page, limit, words, as_json=as_json)
