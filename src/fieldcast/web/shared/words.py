"""How values are said to people: times, quantities, states, phone numbers. Pure functions of their arguments and of the
language active now; an unknown value (`None`) is always said as missing, never as zero."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext
from django.utils.translation import pgettext_lazy as in_context

from fieldcast.catalog.types import Category, Unit
from fieldcast.catalog.words import UNITS as LOT_UNITS
from fieldcast.catalog.words import with_pack
from fieldcast.kit import masks, money
from fieldcast.kit.errors import Sentence
from fieldcast.kit.provinces import ENGLISH

MISSING: Final = "—"

# What pages count in, lots' own units among them: (the name of one, the name of several).
UNITS: Final[dict[str, tuple[Sentence, Sentence]]] = {
    **{unit.value: names for unit, names in LOT_UNITS.items()},
    "egg": LOT_UNITS[Unit.PIECE],
    "kg": (gettext_lazy("kg"), gettext_lazy("kg")),
    "box": (in_context("unit", "box"), in_context("unit", "boxes")),
    "pack": (in_context("unit", "pack"), in_context("unit", "packs")),
    "order": (in_context("unit", "order"), in_context("unit", "orders")),
    "parcel": (in_context("unit", "parcel"), in_context("unit", "parcels")),
    "mu": (gettext_lazy("mu"), gettext_lazy("mu")),
}

# What is grown, in the order in which a filter lists it.
CATEGORIES: Final[dict[Category, Sentence]] = {
    Category.FRUIT: gettext_lazy("Fruit"),
    Category.VEGETABLE: gettext_lazy("Vegetables"),
    Category.TEA: gettext_lazy("Tea"),
    Category.MUSHROOM: gettext_lazy("Mushrooms"),
    Category.EGG: gettext_lazy("Eggs"),
}

# A grade is written on the boxes in Chinese, whoever reads the page.
GRADES: Final[dict[str, Sentence]] = {
    "特级": gettext_lazy("Top grade"),
    "一级": gettext_lazy("First grade"),
    "二级": gettext_lazy("Second grade"),
    "统货": gettext_lazy("Unsorted"),
}

# What an order, a session, a lot, a refund or a payout is doing now: (words, colour).
# Persimmon asks for a hand, wheat waits.
STATES: Final[dict[str, tuple[Sentence, str]]] = {
    "planned": (gettext_lazy("Coming up"), "sky"),
    "live": (gettext_lazy("Live now"), "live"),
    "ended": (gettext_lazy("Ended"), "grey"),
    "reserved": (gettext_lazy("Waiting for payment"), "wheat"),
    "paid": (gettext_lazy("Paid, to be packed"), "sky"),
    "packed": (gettext_lazy("Packed"), "sky"),
    "shipped": (gettext_lazy("On the way"), "sky"),
    "received": (gettext_lazy("Received"), "paddy"),
    "closed": (gettext_lazy("Finished"), "grey"),
    "cancelled": (gettext_lazy("Cancelled"), "grey"),
    "expired": (gettext_lazy("Not paid in time"), "grey"),
    "refunded": (gettext_lazy("Refunded"), "grey"),
    "held": (gettext_lazy("Held"), "wheat"),
    "sold": (gettext_lazy("Sold"), "paddy"),
    "released": (gettext_lazy("Given back"), "grey"),
    "requested": (gettext_lazy("Asked for"), "wheat"),
    "sent": (gettext_lazy("On its way"), "wheat"),
    "succeeded": (gettext_lazy("Arrived"), "paddy"),
    "confirmed": (gettext_lazy("Arrived"), "paddy"),
    "failed": (gettext_lazy("Failed"), "persimmon"),
    "returned": (gettext_lazy("Sent back"), "persimmon"),
    "open": (gettext_lazy("On sale"), "paddy"),
    "sold_out": (gettext_lazy("Sold out"), "grey"),
    "stopped": (gettext_lazy("Stopped"), "persimmon"),
    "finished": (gettext_lazy("Finished"), "grey"),
    "draft": (gettext_lazy("Draft"), "grey"),
    "proposed": (gettext_lazy("Waiting for consent"), "wheat"),
    "signed": (gettext_lazy("Signed"), "paddy"),
    "active": (gettext_lazy("In force"), "paddy"),
    "superseded": (gettext_lazy("Replaced"), "grey"),
    "good": (gettext_lazy("Good standing"), "paddy"),
    "suspended": (gettext_lazy("Suspended"), "persimmon"),
    "applied": (gettext_lazy("Applied"), "paddy"),
    "duplicate": (gettext_lazy("Came twice"), "grey"),
    "stale": (gettext_lazy("Came late"), "grey"),
    "rejected": (gettext_lazy("Rejected"), "persimmon"),
}
# Where the same word means another thing elsewhere: "<its enumeration>.<value>".
OTHERWISE: Final[dict[str, tuple[Sentence, str]]] = {
    "LotState.open": (gettext_lazy("Can be sold"), "paddy"),  # whether anybody offers it, its offers say
    "OfferState.closed": (gettext_lazy("Off sale"), "grey"),
    "RequestState.asked": (gettext_lazy("To be answered"), "wheat"),
    "RequestState.given": (gettext_lazy("Given back"), "paddy"),
    "RequestState.refused": (gettext_lazy("Refused"), "grey"),
    "RequestState.granted": (gettext_lazy("Granted: not answered"), "paddy"),
    "RequestState.sent_again": (gettext_lazy("Sent again"), "sky"),
    "RequestState.exchanged": (gettext_lazy("Exchanged"), "sky"),
    "RequestState.agreed": (gettext_lazy("To be sent back"), "sky"),
    "RequestState.sent_back": (gettext_lazy("Goods sent back"), "sky"),
    "RequestState.appealed": (gettext_lazy("Appealed"), "sky"),
    "RequestState.final": (gettext_lazy("Decided finally"), "paddy"),
    "RequestState.objected": (gettext_lazy("At the county"), "persimmon"),
    "RequestState.upheld": (gettext_lazy("Given back by the county"), "paddy"),
    "RequestState.dismissed": (gettext_lazy("Refused by the county"), "grey"),
    "RequestState.withdrawn": (gettext_lazy("Taken back"), "grey"),
    "LetterState.open": (gettext_lazy("To be answered"), "wheat"),
    "LetterState.answered": (gettext_lazy("Answered"), "grey"),
    "JoinState.asked": (gettext_lazy("To be answered"), "wheat"),
    "JoinState.more_asked": (gettext_lazy("More is asked"), "persimmon"),
    "JoinState.accepted": (gettext_lazy("Taken in"), "paddy"),
    "JoinState.declined": (gettext_lazy("Not taken in"), "grey"),
    "JoinState.withdrawn": (gettext_lazy("Taken back"), "grey"),
    "JoinWhich.waiting": (gettext_lazy("To be answered"), "wheat"),
    "JoinWhich.late": (gettext_lazy("Late"), "persimmon"),
    "JoinWhich.more_asked": (gettext_lazy("More is asked"), "wheat"),
    "JoinWhich.ended": (gettext_lazy("Answered"), "grey"),
    "InvitationState.waiting": (gettext_lazy("Waits"), "wheat"),
    "InvitationState.accepted": (gettext_lazy("Accepted"), "paddy"),
    "InvitationState.declined": (gettext_lazy("Declined"), "grey"),
    "InvitationState.withdrawn": (gettext_lazy("Taken back"), "grey"),
    "InvitationState.expired": (gettext_lazy("Over"), "grey"),
    "Which.open": (gettext_lazy("To be answered"), "wheat"),
    "Which.late": (gettext_lazy("At the county"), "persimmon"),
    "Which.answered": (gettext_lazy("Answered"), "grey"),
}


def chinese() -> bool:
    """True when the reader's language is Chinese, which is also what is spoken when none is set."""
    return (get_language() or "zh").startswith("zh")


def province_name(province: str) -> str:
    """A province in the reader's language; what is none as it was written."""
    return province if chinese() else ENGLISH.get(province, province)


def grade_name(grade: str) -> str:
    """A grade in the reader's language; one that is not in the list of grades as it was written."""
    return str(GRADES.get(grade, grade))


def unit_name(code: Any, amount: float | None = None) -> str:
    """`jin` as 斤, `piece` as 枚; for several unless `amount` is one. An unnamed unit is shown as it was written."""
    value = str(getattr(code, "value", code) or "")
    one, several = UNITS.get(value, (value, value))
    return str(one if amount == 1 else several)


def state_words(state: Any) -> tuple[str, str]:
    """The label and chip colour of a state (an enumeration or its value); an unnamed one as written, in grey."""
    value = str(getattr(state, "value", state))
    label, tone = OTHERWISE.get(f"{type(state).__name__}.{value}") or STATES.get(value, (value, "grey"))
    return str(label), tone


def masked_phone(number: str | None) -> str:
    """A phone number as `138****5678`; missing stays missing."""
    return masks.masked_phone(number) if number and any(sign.isdigit() for sign in number) else MISSING


def when(moment: datetime | date | None, *, now: datetime) -> str:
    """A time as people say it, in the county's time zone: 刚刚, 3 分钟前, 今天 19:30, 明天 08:00, 11月22日.

    A coming day beyond tomorrow keeps its hour, since one must be there; a past one loses it. `now` is aware.
    """
    if moment is None:
        return MISSING
    if not isinstance(moment, datetime):
        return _day_words(moment, timezone.localdate(now))
    local, today = timezone.localtime(moment), timezone.localtime(now)
    near = _near_words(moment - now)
    if near:
        return near
    clock = f"{local:%H:%M}"
    words = _day_words(local.date(), today.date())
    if abs((local.date() - today.date()).days) <= 1 or moment > now:
        return f"{words} {clock}"
    return words


def begins(moment: datetime, *, now: datetime) -> str:
    """When something planned begins; once that is past, when it was to: what is announced was not `20 minutes ago`."""
    if moment > now:
        return when(moment, now=now)
    local = timezone.localtime(moment)
    return gettext("was planned for %(time)s") % {
        "time": f"{_day_words(local.date(), timezone.localdate(now))} {local:%H:%M}"
    }


def _near_words(apart: timedelta) -> str:
    """Words for less than an hour away, or nothing."""
    seconds = apart.total_seconds()
    minutes = int(abs(seconds) // 60)
    if minutes >= 60:
        return ""
    if minutes < 1:
        return gettext("just now") if seconds <= 0 else gettext("any moment")
    if seconds < 0:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    return ngettext("in %(n)d minute", "in %(n)d minutes", minutes) % {"n": minutes}


def _day_words(day: date, today: date) -> str:
    named = {-1: gettext("yesterday"), 0: gettext("today"), 1: gettext("tomorrow")}.get((day - today).days)
    if named:
        return named
    if chinese():
        return (
            f"{day.month}月{day.day}日" if day.year == today.year else f"{day.year}年{day.month}月{day.day}日"
        )
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b %Y}"


def full_time(moment: datetime | None) -> str:
    """The whole local time, for a title or a printed page: 2026-11-22 19:30; missing stays missing."""
    return MISSING if moment is None else f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"


def yuan(amount_fen: int | None) -> str:
    """Fen as `¥39.80`; missing stays missing."""
    if amount_fen is None:
        return MISSING
    return f"−¥{money.yuan(-amount_fen)}" if amount_fen < 0 else f"¥{money.yuan(amount_fen)}"


def signed_yuan(amount_fen: int | None) -> str:
    """Fen with its sign, as statement lines show them: `＋93.10`, `－139.30`, `0.00`."""
    if amount_fen is None:
        return MISSING
    sign = "＋" if amount_fen > 0 else "－" if amount_fen < 0 else ""
    return f"{sign}{money.yuan(abs(amount_fen))}"


def quantity(amount: Any, unit: str = "") -> str:
    """A number with its unit: `5 斤`, `1,240 枚`; whole numbers without decimals; missing stays missing."""
    if amount is None:
        return MISSING
    text = f"{int(amount):,}" if amount == int(amount) else f"{float(amount):,.2f}".rstrip("0").rstrip(".")
    return f"{text} {unit_name(unit, float(amount))}".strip()


def percent_bp(basis_points: int | None) -> str:
    """Basis points as a percentage: 4610 is `46.1%`, 3500 is `35%`."""
    if basis_points is None:
        return MISSING
    return f"{basis_points / 100:.2f}".rstrip("0").rstrip(".") + "%"


def short_count(number: int | None) -> str:
    """A crowd as people say it: 1,284; 3.2 万 (32k in English)."""
    if number is None:
        return MISSING
    if number < 10_000:
        return f"{number:,}"
    if chinese():
        return f"{number / 10_000:.1f}".removesuffix(".0") + " 万"
    return f"{number / 1000:.1f}".removesuffix(".0") + "k"


def goods_name(thing: Any) -> str:
    """What an offer, or a line of an order, is called and how much is in a pack of it: `脆柿 5 斤装`."""
    title = local_name(thing, "title")
    pack_units, unit = getattr(thing, "pack_units", None), getattr(thing, "unit", None)
    return with_pack(title, pack_units=pack_units, unit=unit) if pack_units and unit else title


def local_name(thing: Any, field: str = "name") -> str:
    """A thing's name in the reader's language: `name`, or `name_en` where English is read and one is given.

    Takes an object or a mapping; another field by its stem: `{{ session|local_name:"title" }}`.
    """
    wanted = [field] if chinese() else [f"{field}_en", field]
    for key in wanted:
        value = thing.get(key) if isinstance(thing, dict) else getattr(thing, key, None)
        if value:
            return str(value)
    return ""
