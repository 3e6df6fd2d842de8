"""The tables of messages."""

from typing import ClassVar

from django.db import models


class Message(models.Model):
    """A message to a person. Nothing about it changes but that it is read, once (triggers); read long ago, it goes."""

    to = models.ForeignKey("accounts.Person", on_delete=models.PROTECT, related_name="+", db_index=False)
    county = models.ForeignKey("accounts.County", on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=40)
    facts = models.JSONField()
    link = models.CharField(max_length=200)
    once_key = models.CharField(max_length=100)
    due = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["to", "once_key"], name="message_sent_once"),
            # a path of our own: neither another host nor what a browser would read as one
            models.CheckConstraint(
                condition=models.Q(link__regex=r"^/[a-z0-9]"), name="message_link_is_ours"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["to", "-id"], name="message_of_person"),
            models.Index(fields=["to"], condition=models.Q(read_at__isnull=True), name="message_unread"),
            models.Index(fields=["read_at"], condition=models.Q(read_at__isnull=False), name="message_read"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Sending(models.Model):
    """A message that is still to go a way, not before `not_before`. The row goes with it."""

    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="sendings", db_index=False)
    way = models.CharField(max_length=20)
    not_before = models.DateTimeField(db_index=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["message", "way"], name="message_goes_a_way_once"),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.way}"
