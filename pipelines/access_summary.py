"""What is printed about accounts and clients; of secrets only what was just made."""

from rich.markup import escape
from rich.table import Table

from mutasi.i18n import render, word
from mutasi.store.accounts import Account
from mutasi.store.clients import Client
from pipelines.console import console, show_json


def say(what: str, language: str, **params: object) -> None:
    """Print what was done."""
    console.print(render(f"access.{what}", language, **params), markup=False, highlight=False)


def show_secret(name: str, secret: str, language: str, *, as_json: bool) -> None:
    """Print a secret, which nobody can see again."""
    if as_json:
        show_json({"client_id": name, "client_secret": secret})
        return
    for line in ("secret", "secret_once"):
        told = render(f"access.{line}", language, name=name, secret=secret)
        console.print(told, markup=False, highlight=False, soft_wrap=True)


def show_accounts(accounts: list[Account], language: str, *, as_json: bool) -> None:
    """Print who may sign in."""
    if as_json:
        kept = [{**vars(one), "password": None} for one in accounts]
        show_json(
            [{name: value for name, value in one.items() if value is not None} for one in kept]
        )
        return
    table = _table(language, "account", "roles", "reach", "state")
    for one in accounts:
        roles = ", ".join(word("role", role, language) for role in one.roles)
        reach = ", ".join(filter(None, (one.unit_id, one.employee_id)))
        table.add_row(escape(one.name), roles, escape(reach), _state(one.is_active, language))
    console.print(table)


def show_clients(clients: list[Client], language: str, *, as_json: bool) -> None:
    """Print which systems may ask."""
    if as_json:
        kept = [{**vars(one), "secret": None} for one in clients]
        show_json(
            [{name: value for name, value in one.items() if value is not None} for one in kept]
        )
        return
    table = _table(language, "client", "scopes", "reach", "state")
    for one in clients:
        reach = one.unit_id or render("access.whole", language)
        state = _state(one.is_active, language)
        table.add_row(escape(one.name), ", ".join(one.scopes), escape(reach), state)
    console.print(table)


def _table(language: str, *columns: str) -> Table:
    table = Table()
    for name in columns:
        table.add_column(render(f"access.column.{name}", language))
    return table


def _state(is_active: bool, language: str) -> str:
    return render(f"access.{'active' if is_active else 'inactive'}", language)
