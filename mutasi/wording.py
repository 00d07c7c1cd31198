"""Words for what the store tells, the same in the service and on the command line."""

from mutasi.i18n import render, word
from mutasi.store.accesses import CASE_KINDS, Access, Asker
from mutasi.store.trail import Action


def who_looked(access: Access, language: str) -> str:
    """Return who looked at somebody's data: role and unit, never the name of a person."""
    if access.is_own:
        return render("accessed.who.own", language)
    account = access.account
    if account is None:
        name = access.actor.partition(":")[2] if access.asker is Asker.CLIENT else ""
        return render(f"accessed.who.{access.asker}", language, name=name)
    if not account.roles:
        return render("accessed.who.gone", language)
    roles = ", ".join(word("role", role, language) for role in account.roles)
    if account.unit_name is None:
        return roles
    return render("accessed.who.account", language, roles=roles, unit=account.unit_name)


def what_was_done(access: Access, language: str) -> str:
    """Return what they did with it."""
    if access.kind in CASE_KINDS and access.action != Action.READ:
        act = word("act", access.action, language)
        return render(f"accessed.what.{access.kind}_act", language, act=act)
    return render(f"accessed.what.{access.kind}_{access.action}", language)
