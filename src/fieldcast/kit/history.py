"""What was done, by whom and when, is a row. Rooms make their histories from this, each with its own words."""

from django.conf import settings
from django.db import models


class Done(models.Model):
    """One thing that was done. `by` None is the platform itself, or nobody we know of where the row is older than this
    keeping.

    Append-only: the table's migration adds `sql.immutable`, and a test asks every such table for its guard.
    """

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()

    class Meta:
        abstract = True
