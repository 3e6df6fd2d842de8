"""How the county's pages say days and shares."""

from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationKind
from fieldcast.agreements.cover.types import MoneyKind
from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import BASIS
from fieldcast.outside.formats import FORMATS
from fieldcast.web.templatetags.fieldcast import percent_bp
from fieldcast.web.templatetags.words import MISSING, chinese

# Those who may be issued a statement, in the order in which a filter lists them.
KINDS: dict[OrganisationKind, Sentence] = {
    OrganisationKind.COOPERATIVE: _("Cooperatives"),
    OrganisationKind.HOST: _("Hosts"),
    OrganisationKind.CARRIER: _("Carriers"),
    OrganisationKind.HOUSEHOLD: _("Households"),
}
PROVIDERS: dict[str, Sentence] = {"sandbox": _("trial payments")}
MONEY_KINDS: dict[MoneyKind, Sentence] = {
    MoneyKind.DEPOSIT: _("Deposit"),
    MoneyKind.FUND_IN: _("Into the fund"),
    MoneyKind.DEPOSIT_BACK: _("Deposit given back"),
}
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def day_name(day: date) -> str:
    """A day with its weekday: 11月22日 周日, Sunday 22 November."""
    if chinese():
        return f"{day.month}月{day.day}日 {WEEKDAYS[day.weekday()]}"
    return f"{day:%A} {day.day} {day:%B}"


def weekday_name(day: date) -> str:
    """The weekday alone."""
    return WEEKDAYS[day.weekday()] if chinese() else f"{day:%A}"


def short_day(day: date) -> str:
    """A day in a table or on an axis: 11-22."""
    return f"{day:%m-%d}"


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
