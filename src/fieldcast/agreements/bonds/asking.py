"""What bonds ask for on the desk: a new guarantee letter before one runs out, and what a bank owes by one."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import Role, SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.bonds.models import GuaranteeLetter, LetterCall
from fieldcast.desk import operations as desk_operations
from fieldcast.desk.kinds import Kind, register
from fieldcast.desk.types import Owner
from fieldcast.kit.money import yuan

ASKED_BEFORE = timedelta(days=30)
AT_ONCE = 200
LETTER_ENDS = register(
    Kind(
        code="guarantee_letter_ends",
        asks=_("%(bank)s's guarantee letter of ¥%(amount)s for “%(name)s” runs out on %(day)s"),
        hint=_("Ask the bank for a new one and hand it in at the county's office, or pay the sum in cash."),
        way=_("Look at the performance bond"),
        working_days=20,
        in_words=False,
    )
)
LETTER_CALLED = register(
    Kind(
        code="guarantee_letter_called",
        asks=_("Claim ¥%(amount)s from %(bank)s by its guarantee letter %(number)s"),
        hint=_("A penalty was confirmed that the performance bond's cash did not carry."),
        way=_("Write down what the bank paid"),
        working_days=10,
        in_words=False,
    )
)
RENEWED = gettext_noop("A new letter is lodged.")
OVER = gettext_noop("The agreement has ended.")
PAID = gettext_noop("The bank has paid.")


def ask_for_new_letters(*, now: datetime, limit: int = AT_ONCE) -> int:
    """Ask each party whose letter runs out within thirty days for another, once a letter; returns how many are asked.

    Of an agreement that has ended nobody is asked any more; a later letter of the same bond answers for the earlier.
    """
    today, until = timezone.localdate(now), timezone.localdate(now + ASKED_BEFORE)
    ending = GuaranteeLetter.objects.filter(valid_until__gte=today, valid_until__lte=until)
    for letter_id in ending.filter(agreement__ended_at__isnull=False).values_list("id", flat=True):
        desk_operations.withdraw(kind=LETTER_ENDS, subject=str(letter_id), by=None, words=OVER, now=now)
    later = GuaranteeLetter.objects.filter(
        agreement=OuterRef("agreement"), organisation=OuterRef("organisation"), valid_until__gt=until
    )
    rows = ending.filter(~Exists(later), agreement__ended_at__isnull=True)
    found = list(rows.select_related("agreement").order_by("valid_until", "id")[:limit])
    for row in found:
        _ask(row, now=now)
    return len(found)


def letter_lodged(row: GuaranteeLetter, *, by: SignedIn, now: datetime) -> None:
    """Whoever was asked for a letter of the same bond that lasts longer has answered."""
    before = GuaranteeLetter.objects.filter(
        agreement_id=row.agreement_id, organisation_id=row.organisation_id, valid_until__lt=row.valid_until
    )
    for letter_id in before.order_by("id").values_list("id", flat=True):
        desk_operations.finish(kind=LETTER_ENDS, subject=str(letter_id), by=by, words=RENEWED, now=now)


def claim(call: LetterCall, *, by: SignedIn, now: datetime) -> None:
    """Ask the county to claim what a bank owes."""
    county_id = call.letter.agreement.county_id
    authority = accounts.authority(county_id=county_id)
    if authority is None:
        return
    desk_operations.open_item(
        kind=LETTER_CALLED,
        subject=str(call.pk),
        county_id=county_id,
        owner=Owner(authority.id, Role.MANAGER),
        escalates_to=Owner(authority.id, Role.OWNER),
        facts={
            "amount": yuan(call.amount_fen),
            "bank": call.letter.bank,
            "number": call.letter.number,
            "letter": call.letter_id,
        },
        by=by,
        now=now,
    )


def claimed(*, call_id: int, by: SignedIn, now: datetime) -> None:
    """The bank has paid all of a call."""
    desk_operations.finish(kind=LETTER_CALLED, subject=str(call_id), by=by, words=PAID, now=now)


def _ask(row: GuaranteeLetter, *, now: datetime) -> None:
    authority = accounts.authority(county_id=row.agreement.county_id)
    version = agreements.versions_of(agreement_id=row.agreement_id)[0]
    ends = timezone.make_aware(datetime.combine(row.valid_until, time.max))
    desk_operations.open_item(
        kind=LETTER_ENDS,
        subject=str(row.pk),
        county_id=row.agreement.county_id,
        owner=Owner(row.organisation_id, Role.MANAGER),
        escalates_to=Owner(authority.id, Role.MANAGER) if authority else None,
        due_at=ends,
        facts={
            "bank": row.bank,
            "amount": yuan(row.amount_fen),
            "name": version.name,
            "name_en": version.name_en,
            "version": version.id,
            "day": row.valid_until.isoformat(),
        },
        by=None,
        now=now,
    )
