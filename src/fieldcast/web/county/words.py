"""How the county's pages say shares, and who and what they list."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.cover.types import MoneyKind
from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import BASIS
from fieldcast.outside.formats import FORMATS
from fieldcast.trade.payments.forged.types import REHEARSAL
from fieldcast.web.shared.words import MISSING, percent_bp

# Those who may be issued a statement, in the order in which a filter lists them.
KINDS: dict[OrganisationKind, Sentence] = {
    OrganisationKind.COOPERATIVE: _("Cooperatives"),
    OrganisationKind.HOST: _("Hosts"),
    OrganisationKind.CARRIER: _("Carriers"),
    OrganisationKind.HOUSEHOLD: _("Households"),
}
PROVIDERS: dict[str, Sentence] = {"sandbox": _("trial payments"), REHEARSAL: _("a rehearsal")}
MONEY_KINDS: dict[MoneyKind, Sentence] = {
    MoneyKind.DEPOSIT: _("Deposit"),
    MoneyKind.FUND_IN: _("Into the fund"),
    MoneyKind.DEPOSIT_BACK: _("Deposit given back"),
    MoneyKind.BOND: _("Performance bond"),
    MoneyKind.BOND_BACK: _("Performance bond given back"),
    MoneyKind.LETTER_PAID: _("Paid on a guarantee letter"),
}


def share(part: int, whole: int) -> int | None:
    """The basis points that `part` makes of `whole`, rounded to a tenth of a percent; None of nothing."""
    return round(part * BASIS / whole / 10) * 10 if whole else None


def change(now: int, before: int) -> str:
    """How much more or less than before, signed, in whole percent: ＋12%; missing when there was nothing before."""
    if not before:
        return MISSING
    percent = round((now - before) * 100 / before)
    sign = "＋" if percent > 0 else "－" if percent < 0 else "±"
    return f"{sign}{abs(percent)}%"


def said_share(basis_points: int | None) -> str:
    """Basis points to a tenth of a percent: 53%, 46.1%."""
    return percent_bp(None if basis_points is None else round(basis_points / 10) * 10)


def provider_name(code: str) -> str:
    """A payment provider's name in the reader's language; one we do not know as it was written."""
    return str(PROVIDERS.get(code, code))


def channel_name(code: str) -> str:
    """A platform's name in the reader's language; one we do not know as it was written."""
    known = FORMATS.get(code)
    return str(known.label) if known else code or gettext("unknown")
