"""Commands about who may ask: accounts of people, clients of systems."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from mutasi.authority import Role, Scope
from mutasi.i18n import render
from pipelines.commands import options
from pipelines.commands.options import JsonOption, LanguageOption

if TYPE_CHECKING:
    from mutasi.store.session import Work

NameArgument = Annotated[str, typer.Argument(help="Small letters, digits, dots and dashes.")]
UnitOption = Annotated[
    str | None, typer.Option(help="Id of the unit; with those below it, all that is seen.")
]

CHANGED = " What is not given stays; an empty text takes it away."
YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask: it cannot be undone.")]

accounts = typer.Typer(
    no_args_is_help=True, help="People who sign in: what they are, and whom they see."
)
clients = typer.Typer(
    no_args_is_help=True, help="Systems that ask over HTTP: what they may ask, and their secrets."
)


@accounts.command("add")
def add_account(
    name: NameArgument,
    *,
    role: Annotated[list[Role], typer.Option(help="What the person is; may be given again.")],
    unit: UnitOption = None,
    employee: Annotated[
        str | None, typer.Option(help="The person's NIP; an employee sees only it.")
    ] = None,
    language: LanguageOption = None,
) -> None:
    """Add an account; the password is asked for, or read as a line from standard input."""
    from mutasi import clock
    from mutasi.store import accounts as stored
    from pipelines.access_summary import say

    words = options.language_of(language)
    password = _password(words)
    with _work() as work:
        made = stored.add(work, name, password, role, clock.now(), unit, employee)
        _put_on_trail(work, "add", "account", made.account_id, after=made.seal)
    say("account_added", words, name=name)


@accounts.command("list")
def list_accounts(*, as_json: JsonOption = False, language: LanguageOption = None) -> None:
    """List the accounts, without anything of their passwords."""
    from mutasi.store import accounts as stored
    from pipelines.access_summary import show_accounts

    with _reading() as work:
        found = stored.every(work)
    show_accounts(found, options.language_of(language), as_json=as_json)


@accounts.command("change")
def change_account(
    name: NameArgument,
    *,
    new_name: Annotated[
        str | None, typer.Option("--name", help="Another name to sign in by.")
    ] = None,
    role: Annotated[
        list[Role] | None, typer.Option(help="In place of all roles so far; may be given again.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Another unit to head." + CHANGED)] = None,
    employee: Annotated[str | None, typer.Option(help="Another NIP." + CHANGED)] = None,
    language: LanguageOption = None,
) -> None:
    """Change an account's name, roles, unit or NIP; its sessions end now."""
    from mutasi.store import accounts as stored
    from pipelines.access_summary import say
    from pipelines.actor import user

    with _work() as work:
        known = stored.named(work, name)
        wanted = replace(
            known,
            name=new_name or known.name,
            roles=tuple(dict.fromkeys(role or known.roles)),
            unit_id=_or_before(unit, known.unit_id),
            employee_id=_or_before(employee, known.employee_id),
        )
        stored.change(work, wanted, user())
    say("account_changed", options.language_of(language), name=wanted.name)


@accounts.command("remove")
def remove_account(
    name: NameArgument, *, yes: YesOption = False, language: LanguageOption = None
) -> None:
    """Remove an account for good; the trail names its acts by a number that nobody has any more."""
    from mutasi.store import accounts as stored
    from pipelines.access_summary import say
    from pipelines.actor import user

    words = options.language_of(language)
    if not yes:
        typer.confirm(render("access.account_confirm", words, name=name), abort=True, err=True)
    with _work() as work:
        removed = stored.remove(work, name, user())
    say("account_removed", words, name=name, subject=removed.principal.id)


@accounts.command("password")
def change_password(name: NameArgument, *, language: LanguageOption = None) -> None:
    """Give an account another password; whoever is signed in by it must sign in again."""
    from mutasi.store import accounts as stored
    from pipelines.access_summary import say

    words = options.language_of(language)
    password = _password(words)
    with _work() as work:
        stored.change_password(work, name, password)
        _put_on_trail(work, "renew", "account", stored.named(work, name).account_id)
    say("password_changed", words, name=name)


@accounts.command("disable")
def disable_account(name: NameArgument, *, language: LanguageOption = None) -> None:
    """Let an account sign in no more; its sessions end now."""
    _switch_account(name, language, is_active=False)


@accounts.command("enable")
def enable_account(name: NameArgument, *, language: LanguageOption = None) -> None:
    """Let an account sign in again."""
    _switch_account(name, language, is_active=True)


@clients.command("add")
def add_client(
    name: NameArgument,
    *,
    scope: Annotated[list[Scope], typer.Option(help="What it may ask; may be given again.")],
    unit: UnitOption = None,
    subject: Annotated[
        str | None,
        typer.Option(help="What an issuer elsewhere calls it (sub); it then has no secret here."),
    ] = None,
    as_json: JsonOption = False,
    language: LanguageOption = None,
) -> None:
    """Add a client and print its secret, once: only a hash of it is kept."""
    from mutasi import clock
    from mutasi.store import clients as stored
    from pipelines.access_summary import say, show_secret

    words = options.language_of(language)
    with _work() as work:
        secret = stored.add(work, name, scope, clock.now(), subject, unit)
        _put_on_trail(work, "add", "client", name, after=stored.named(work, name).seal)
    if secret is None:
        say("client_added", words, name=name)
    else:
        show_secret(name, secret, words, as_json=as_json)


@clients.command("list")
def list_clients(*, as_json: JsonOption = False, language: LanguageOption = None) -> None:
    """List the clients, without anything of their secrets."""
    from mutasi.store import clients as stored
    from pipelines.access_summary import show_clients

    with _reading() as work:
        found = stored.every(work)
    show_clients(found, options.language_of(language), as_json=as_json)


@clients.command("change")
def change_client(
    name: NameArgument,
    *,
    scope: Annotated[
        list[Scope] | None, typer.Option(help="In place of all scopes so far; may be given again.")
    ] = None,
    unit: Annotated[str | None, typer.Option(help="Another unit." + CHANGED)] = None,
    language: LanguageOption = None,
) -> None:
    """Change what a client may ask, at once also by the tokens that it holds."""
    from mutasi.store import clients as stored
    from pipelines.access_summary import say
    from pipelines.actor import user

    with _work() as work:
        known = stored.named(work, name)
        reach = _or_before(unit, known.unit_id)
        stored.change(work, name, scope or known.scopes, reach, user())
    say("client_changed", options.language_of(language), name=name)


@clients.command("remove")
def remove_client(
    name: NameArgument, *, yes: YesOption = False, language: LanguageOption = None
) -> None:
    """Remove a client for good, whatever tokens it still holds; nobody is given its name again."""
    from mutasi.store import clients as stored
    from pipelines.access_summary import say
    from pipelines.actor import user

    words = options.language_of(language)
    if not yes:
        typer.confirm(render("access.client_confirm", words, name=name), abort=True, err=True)
    with _work() as work:
        stored.remove(work, name, user())
    say("client_removed", words, name=name)


@clients.command("secret")
def renew_secret(
    name: NameArgument, *, as_json: JsonOption = False, language: LanguageOption = None
) -> None:
    """Give a client another secret and print it, once; the one before is void."""
    from mutasi.store import clients as stored
    from pipelines.access_summary import show_secret

    with _work() as work:
        secret = stored.renew(work, name)
        _put_on_trail(work, "renew", "client", name)
    show_secret(name, secret, options.language_of(language), as_json=as_json)


@clients.command("disable")
def disable_client(name: NameArgument, *, language: LanguageOption = None) -> None:
    """Let a client ask no more, whatever tokens it still holds."""
    _switch_client(name, language, is_active=False)


@clients.command("enable")
def enable_client(name: NameArgument, *, language: LanguageOption = None) -> None:
    """Let a client ask again."""
    _switch_client(name, language, is_active=True)


def _or_before(given: str | None, before: str | None) -> str | None:
    """Return what an option says: another text, none if it is empty, or what was before."""
    return before if given is None else given or None


def _switch_account(name: str, language: options.Language | None, *, is_active: bool) -> None:
    from mutasi.store import accounts as stored
    from pipelines.access_summary import say

    with _work() as work:
        stored.switch(work, name, is_active=is_active)
        act = "enable" if is_active else "disable"
        _put_on_trail(work, act, "account", stored.named(work, name).account_id)
    said = "account_enabled" if is_active else "account_disabled"
    say(said, options.language_of(language), name=name)


def _switch_client(name: str, language: options.Language | None, *, is_active: bool) -> None:
    from mutasi.store import clients as stored
    from pipelines.access_summary import say

    with _work() as work:
        stored.switch(work, name, is_active=is_active)
        _put_on_trail(work, "enable" if is_active else "disable", "client", name)
    said = "client_enabled" if is_active else "client_disabled"
    say(said, options.language_of(language), name=name)


def _put_on_trail(
    work: "Work", action: str, kind: str, object_id: str, after: str | None = None
) -> None:
    """Put on the trail what was done to an account or a client, by its id."""
    from mutasi.store import trail
    from mutasi.store.trail import Action, Deed, Kind
    from pipelines.actor import user

    trail.append(work, Deed(user(), Action(action), Kind(kind), object_id, after=after))


@contextmanager
def _work() -> Iterator["Work"]:
    """Yield a unit of work of this home's store."""
    from mutasi.store import session

    with session.unit_of_work(session.engine(options.settings().database_url)) as work:
        yield work


@contextmanager
def _reading() -> Iterator["Work"]:
    """Yield what reads this home's store, also while others write to it or its disk is full."""
    from mutasi.store import session

    with session.reading(session.engine(options.settings().database_url)) as work:
        yield work


def _password(language: str) -> str:
    """Return a password that is typed unseen and twice, or comes as a line.

    Never as a word of the command, which other users of the machine could read.
    """
    if sys.stdin.isatty():
        asked = render("access.password", language)
        again = render("access.password_again", language)
        typed: str = typer.prompt(asked, hide_input=True, confirmation_prompt=again, err=True)
        return typed
    return sys.stdin.readline().rstrip("\r\n")
