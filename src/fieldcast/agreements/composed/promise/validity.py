"""How long an agreement holds, whether it goes on by itself, and how long before its end a party gives notice."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.shapes import PromiseClause

MOST_NOTICE_DAYS: Final = 365


@dataclass(frozen=True)
class Validity(PromiseClause):
    """From `begins` to `ends`, both included; with `renews` for as long again, unless somebody gives notice."""

    kind: ClassVar = "validity"
    title: ClassVar = _("How long it holds")
    begins: date
    ends: date
    renews: bool
    notice_days: int

    @classmethod
    def read(cls, fields: Fields) -> "Validity":
        """From JSON. An end before the beginning is refused."""
        begins, ends = fields.day("from"), fields.day("until")
        if ends < begins:
            fields.refuse("until", ends, gettext("a day that is not before %(day)s") % {"day": begins})
        return cls(
            begins=begins,
            ends=ends,
            renews=fields.flag("renews"),
            notice_days=fields.whole("notice_days", most=MOST_NOTICE_DAYS, default=30),
        )

    def says(self) -> str:
        """Both days, and what happens at the end."""
        if self.renews:
            words = gettext(
                "From %(begins)s to %(ends)s, then as long again, unless a party gives notice. "
                "Days of notice: %(days)s."
            )
        else:
            words = gettext("From %(begins)s to %(ends)s. Days of notice: %(days)s.")
        return words % {"begins": self.begins, "ends": self.ends, "days": self.notice_days}
