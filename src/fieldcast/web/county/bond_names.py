"""What bonds, letters and penalties are called where one is chosen."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from fieldcast.agreements.bonds.types import BondView, PenaltyChoice
from fieldcast.web.shared.words import local_name, yuan


def bond_names(bonds: Iterable[BondView]) -> dict[str, str]:
    """Party and agreement, by the bond's code."""
    return {
        one.key.code: f"{local_name(one, 'organisation')} · {local_name(one, 'agreement')}" for one in bonds
    }


def called_letters(bonds: Iterable[BondView]) -> dict[int, str]:
    """Letters on which a bank has to pay: bank, number and how much."""
    return {
        letter.id: f"{letter.bank} {letter.number} · {yuan(letter.unpaid_fen)}"
        for one in bonds
        for letter in one.letters
        if letter.unpaid_fen
    }


def penalty_name(one: PenaltyChoice) -> str:
    """Who pays whom, for what, by which clause."""
    places = {
        "payer": local_name(one, "payer"),
        "receiver": local_name(one, "receiver"),
        "breach": one.term.breach,
        "agreement": local_name(one, "agreement"),
        "n": one.term.clause,
        "v": one.number,
        "most": yuan(one.term.fen),
    }
    return (
        _(
            "%(payer)s to %(receiver)s: %(breach)s, up to %(most)s · %(agreement)s, version %(v)s, clause %(n)s"
        )
        % places
    )
