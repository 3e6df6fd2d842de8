"""Reads of the desk."""

from django.db.models import Q

from fieldcast.accounts import queries as accounts
from fieldcast.accounts.types import PersonRef, Role
from fieldcast.desk.models import Item, ItemStep
from fieldcast.desk.types import Deed, ItemState, ItemView, Owner, StepView, at_least, at_most
from fieldcast.kit.errors import NotFound

MOST = 100


def item(*, item_id: int) -> ItemView:
    """One item, answered or not. Raises `NotFound`."""
    row = Item.objects.filter(id=item_id).first()
    if row is None:
        raise NotFound("item")
    return item_view(row)


def item_about(*, kind: str, subject: str) -> ItemView | None:
    """The item of a matter, answered or not; None where nobody was ever asked."""
    row = Item.objects.filter(kind=kind, subject=subject).first()
    return item_view(row) if row else None


def waiting_for(*, person_id: int, limit: int = MOST) -> tuple[ItemView, ...]:
    """What waits for a person, the soonest due first, so late ones come before all others.

    It is what they hold, what was handed to them, what is everyone's with a role of theirs, and what escalated there.
    """
    mine = Q(person_id=person_id, organisation__isnull=True) | Q(offered_to_id=person_id)
    for membership in accounts.memberships_of(person_id=person_id):
        where, roles = membership.organisation.id, [role.value for role in at_most(membership.role)]
        mine |= Q(organisation_id=where, role__in=roles) & (Q(person__isnull=True) | Q(person_id=person_id))
        mine |= Q(escalates_to_id=where, escalates_to_role__in=roles, escalated_at__isnull=False)
    rows = Item.objects.filter(mine, state=ItemState.WAITING.value).order_by("due_at", "id")
    return tuple(item_view(row) for row in rows[:limit])


def waiting_of_kind(*, kind: str, county_id: int, limit: int = MOST) -> tuple[ItemView, ...]:
    """What waits of one kind in a county, whoever it waits for, the soonest due first."""
    rows = Item.objects.filter(county_id=county_id, kind=kind, state=ItemState.WAITING.value)
    return tuple(item_view(row) for row in rows.order_by("due_at", "id")[:limit])


def items_about(*, kind: str, subjects: set[str]) -> dict[str, ItemView]:
    """The items of many matters of one kind, answered or not, by subject."""
    rows = Item.objects.filter(kind=kind, subject__in=subjects)
    return {row.subject: item_view(row) for row in rows}


def items_begun(*, kind: str, subjects: str, limit: int = MOST) -> tuple[ItemView, ...]:
    """The items of one kind whose subject begins so, answered or not, the latest first."""
    rows = Item.objects.filter(kind=kind, subject__startswith=subjects).order_by("-id")
    return tuple(item_view(row) for row in rows[:limit])


def count_ended(*, kind: str, subjects: str) -> int:
    """How many items of one kind whose subject begins so were answered or withdrawn."""
    rows = Item.objects.filter(kind=kind, subject__startswith=subjects)
    return rows.exclude(state=ItemState.WAITING.value).count()


def steps_of(*, item_id: int) -> tuple[StepView, ...]:
    """An item's history, the oldest first."""
    rows = ItemStep.objects.select_related("by", "to").filter(item_id=item_id).order_by("id")
    return tuple(
        StepView(
            deed=Deed(row.deed),
            at=row.at,
            by=row.by.display_name if row.by else None,
            to=row.to.display_name if row.to else None,
            why=row.why,
        )
        for row in rows
    )


def may_take(item: ItemView) -> tuple[PersonRef, ...]:
    """Whom it may be handed to: those of its organisation who may answer it, without its holder."""
    if item.owner.organisation_id is None or item.owner.role is None:
        return ()
    enough = at_least(item.owner.role)
    members = accounts.members_of(organisation_id=item.owner.organisation_id)
    return tuple(one for one, role in members if role in enough and one.id != item.owner.person_id)


def item_view(row: Item) -> ItemView:
    """An item as others see it."""
    escalates = None
    if row.escalates_to_id is not None:
        escalates = Owner(row.escalates_to_id, Role(row.escalates_to_role))
    return ItemView(
        id=row.pk,
        county_id=row.county_id,
        kind=row.kind,
        subject=row.subject,
        facts=row.facts,
        owner=Owner(row.organisation_id, Role(row.role) if row.role else None, row.person_id),
        offered_to_id=row.offered_to_id,
        escalates_to=escalates,
        due_at=row.due_at,
        by_weekdays=row.by_weekdays,
        opened_at=row.opened_at,
        reminded_at=row.reminded_at,
        escalated_at=row.escalated_at,
        ended_at=row.ended_at,
        state=ItemState(row.state),
    )
