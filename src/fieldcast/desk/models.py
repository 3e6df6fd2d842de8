"""Tables of the desk."""

from typing import ClassVar

from django.db import models

from fieldcast.accounts.types import Role
from fieldcast.desk.types import ENDS, ONCE, Deed, ItemState
from fieldcast.kit.history import Done

ROLES = [(role.value, role.value) for role in Role]
OWNED = models.Q(organisation__isnull=False) & ~models.Q(role="")
ALONE = models.Q(organisation__isnull=True, role="", person__isnull=False)
ESCALATES = models.Q(escalates_to__isnull=False) & ~models.Q(escalates_to_role="")
STAYS = models.Q(escalates_to__isnull=True, escalates_to_role="", escalated_at__isnull=True)


class Item(models.Model):
    """Something that waits for an answer. What is asked, of which organisation and until when never changes (triggers).

    `person` holds it now, None while it is everyone's with the role; `offered_to` was handed it and has not accepted.
    """

    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    subject = models.CharField(max_length=80)
    facts = models.JSONField(default=dict)
    organisation = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    role = models.CharField(max_length=10, choices=ROLES, blank=True, default="")
    person = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    offered_to = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    escalates_to = models.ForeignKey(
        "accounts.Organisation", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    escalates_to_role = models.CharField(max_length=10, choices=ROLES, blank=True, default="")
    due_at = models.DateTimeField()
    by_weekdays = models.BooleanField()
    remind_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    escalated_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in ItemState])

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "subject"], name="one_item_a_matter"),
            models.CheckConstraint(
                condition=models.Q(state__in=[one.value for one in ItemState]), name="item_state_known"
            ),
            models.CheckConstraint(condition=OWNED | ALONE, name="item_is_somebodys"),
            models.CheckConstraint(condition=ESCALATES | STAYS, name="item_escalates_to_a_role"),
            models.CheckConstraint(
                condition=models.Q(due_at__gt=models.F("opened_at"), remind_at__lte=models.F("due_at")),
                name="item_due_after_it_is_opened",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ItemState.WAITING.value, ended_at__isnull=True)
                | (
                    ~models.Q(state=ItemState.WAITING.value)
                    & models.Q(ended_at__isnull=False, offered_to__isnull=True)
                ),
                name="item_ends_once_answered",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["remind_at"],
                condition=models.Q(state="waiting", reminded_at__isnull=True),
                name="item_to_remind",
            ),
            models.Index(
                fields=["due_at"],
                condition=models.Q(state="waiting", escalated_at__isnull=True),
                name="item_to_escalate",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject}"


class ItemStep(Done):
    """One thing that was done with an item. Append-only.

    `to` is whose it was when it was opened, whom it was handed to, or who accepted it.
    """

    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="steps")
    deed = models.CharField(max_length=12, choices=[(deed.value, deed.value) for deed in Deed])
    to = models.ForeignKey(
        "accounts.Person", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(deed__in=[deed.value for deed in Deed]), name="item_deed_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(deed__in=[Deed.HANDED_OVER.value, Deed.ACCEPTED.value])
                | models.Q(by__isnull=False, to__isnull=False),
                name="hand_over_has_two_people",
            ),
            models.CheckConstraint(
                condition=~models.Q(deed__in=[deed.value for deed in (*ENDS, Deed.DECLINED)])
                | ~models.Q(why=""),
                name="item_ends_with_words",
            ),
            models.UniqueConstraint(
                fields=["item", "deed"],
                condition=models.Q(deed__in=[deed.value for deed in ONCE]),
                name="item_step_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.deed}"
