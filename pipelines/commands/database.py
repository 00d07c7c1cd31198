"""Commands of the store itself: db current, upgrade, downgrade, backup, restore."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from mutasi.i18n import render
from pipelines.commands import options
from pipelines.commands.options import JsonOption, LanguageOption
from pipelines.console import console

if TYPE_CHECKING:
    from mutasi.store.session import Work
    from mutasi.store.trail import Action

store = typer.Typer(
    no_args_is_help=True, help="Keep the database: its revision, backups, what they bring back."
)


@store.command()
def current(*, as_json: JsonOption = False, language: LanguageOption = None) -> None:
    """Tell which revision the store has, and which one this version works with."""
    from mutasi.store import session

    made = session.opened(options.settings().database_url)
    _told("current", language, as_json, store=session.shown(made), revision=session.revision(made))


@store.command()
def upgrade(*, as_json: JsonOption = False, language: LanguageOption = None) -> None:
    """Bring the store up to the latest revision; other commands do so by themselves."""
    from mutasi.store import session

    made = session.opened(options.settings().database_url)
    before = session.revision(made)
    session.upgrade(made)
    _told("upgrade", language, as_json, store=session.shown(made), before=before)


@store.command()
def downgrade(
    revision: Annotated[str, typer.Argument(help="An earlier revision; base empties the store.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask: what is lost is lost.")] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Bring the store down to an earlier revision, for an earlier version of Mutasi.

    What later revisions brought is lost, records among it: make a backup first.
    """
    from mutasi.store import session
    from mutasi.store.trail import Action

    made = session.opened(options.settings().database_url)
    before = session.revision(made)
    if not yes:
        words = {"store": session.shown(made), "revision": revision}
        typer.confirm(
            render("database.confirm", options.language_of(language), **words), abort=True, err=True
        )

    def tell(work: session.Work, dropped: list[str]) -> None:
        lost = f" -{' -'.join(dropped)}" if dropped else ""
        _add(work, Action.DOWNGRADE, f"{before} {revision}{lost}")

    session.downgrade(made, revision, tell)
    told = {"store": session.shown(made), "before": before, "revision": session.revision(made)}
    _told("downgrade", language, as_json, **told)


@store.command()
def backup(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="File to write; must not exist.")],
    *,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Copy the whole store into a file, while it is in use (confidential: it holds NIPs).

    Its SHA-256 is written beside it (FILE.sha256), for restore and for sha256sum -c.
    """
    from mutasi.store.backup import back_up
    from mutasi.store.trail import Action

    url = options.settings().database_url
    back_up(url, file, lambda digest: _put_on_trail(url, Action.BACKUP, file, digest))
    _told("backup", language, as_json, file=str(file), bytes=file.stat().st_size)


@store.command()
def restore(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup.")],
    *,
    without_digest: Annotated[
        bool,
        typer.Option("--without-digest", help="Though there is no FILE.sha256 to check it by."),
    ] = False,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Make the store of what a backup holds; never over a store that is there."""
    from mutasi.store.backup import restore as made_from
    from mutasi.store.trail import Action

    url = options.settings().database_url
    digest = made_from(url, file, without_digest=without_digest)
    _put_on_trail(url, Action.RESTORE, file, digest)
    _told("restore", language, as_json, file=str(file))


def _put_on_trail(url: str, action: "Action", file: Path, digest: str) -> None:
    """Put on the trail of a store that it was copied into a file, or made from one.

    The store stays of the revision that it is of: who copies it may be about to bring it up.
    """
    from mutasi.store import session, trail

    with session.unit_of_work(session.opened(url), trail.QUEUE) as work:
        _add(work, action, file.name, digest)


def _add(work: "Work", action: "Action", what: str, digest: str | None = None) -> None:
    """Add what was done to a store to its trail, if it has one."""
    from mutasi.store import trail
    from mutasi.store.trail import Deed, Kind
    from pipelines.actor import user

    if trail.is_kept(work):
        trail.append(work, Deed(user(), action, Kind.STORE, what, after=digest))


def _told(
    what: str, language: options.Language | None, as_json: bool, **said: str | int | None
) -> None:
    """Tell what was done, in words or as JSON."""
    from mutasi.store import session

    told = {**said, "latest": session.LATEST}
    if as_json:
        console.print_json(json.dumps(told))
        return
    none = render("database.none", options.language_of(language))
    shown = {name: none if value is None else value for name, value in told.items()}
    console.print(render(f"database.{what}", options.language_of(language), **shown), markup=False)
