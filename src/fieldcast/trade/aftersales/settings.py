"""What a county sets about after-sales: its line, its clocks, and how many requests are unusual.

Each change is a row with who and when; the latest holds, and where there is none the usual values do.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.kit.errors import Problem, Sentence
from fieldcast.kit.said import said
from fieldcast.trade.models import AfterSaleSetting

MOST_WORDS = 200
MOST_PHONE = 20


@dataclass(frozen=True)
class AfterSales:
    """How a county handles after-sales. `phone` empty: it has no line. `most_requests` in `MANY_WITHIN` are usual."""

    county_id: int
    phone: str = ""
    words: str = ""
    words_en: str = ""
    damage_hours: int = 48
    answer_hours: int = 48
    decide_days: int = 7
    most_requests: int = 5

    @property
    def damage_within(self) -> timedelta:
        """Damage is reported within this time of receipt."""
        return timedelta(hours=self.damage_hours)

    @property
    def answer_within(self) -> timedelta:
        """The seller's time; then it is granted."""
        return timedelta(hours=self.answer_hours)

    @property
    def decide_within(self) -> timedelta:
        """The county's time."""
        return timedelta(days=self.decide_days)


LIMITS = {"damage_hours": 720, "answer_hours": 240, "decide_days": 60, "most_requests": 1000}


class SettingOutOfBounds(Problem):
    """A clock of nothing, or beyond what anyone would wait for."""

    code = "setting_out_of_bounds"
    status = 422
    sentence: ClassVar[Sentence] = _("That is not possible: it is a whole number from 1 to %(most)s.")
    next_step: ClassVar[Sentence] = _("Enter another number.")


def after_sales_of(*, county_id: int) -> AfterSales:
    """What holds in a county now."""
    row = AfterSaleSetting.objects.filter(county_id=county_id).order_by("-id").first()
    if row is None:
        return AfterSales(county_id=county_id)
    return AfterSales(
        county_id=county_id,
        phone=row.phone,
        words=row.words,
        words_en=row.words_en,
        damage_hours=row.damage_hours,
        answer_hours=row.answer_hours,
        decide_days=row.decide_days,
        most_requests=row.most_requests,
    )


def set_after_sales(
    *,
    by: SignedIn,
    county_id: int,
    now: datetime,
    phone: str,
    words: str,
    words_en: str,
    damage_hours: int,
    answer_hours: int,
    decide_days: int,
    most_requests: int,
) -> AfterSales:
    """The county's authority sets what holds from now on; what was asked before keeps its clocks.

    Raises `NotFound` for everyone else, `SettingOutOfBounds`.
    """
    wanted = AfterSales(
        county_id=county_id,
        phone=said(phone)[:MOST_PHONE],
        words=said(words)[:MOST_WORDS],
        words_en=said(words_en)[:MOST_WORDS],
        damage_hours=damage_hours,
        answer_hours=answer_hours,
        decide_days=decide_days,
        most_requests=most_requests,
    )
    require(by, "trade.set_after_sales", wanted)
    for name, most in LIMITS.items():
        if not 1 <= getattr(wanted, name) <= most:
            raise SettingOutOfBounds(most=most, field=name)
    if wanted != after_sales_of(county_id=county_id):
        AfterSaleSetting.objects.create(
            county_id=county_id,
            phone=wanted.phone,
            words=wanted.words,
            words_en=wanted.words_en,
            **{name: getattr(wanted, name) for name in LIMITS},
            by_id=by.pk,
            at=now,
        )
    return wanted
