"""When a sale is final: `after_sale_seconds` after the parcel was received. Nothing is shared by it, only later."""

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.interface import Clause
from fieldcast.agreements.clauses.term import Term, Unit
from fieldcast.agreements.clauses.words import duration

DAY: Final = 24 * 3600
LONGEST_SECONDS: Final = 90 * DAY
USUAL_SECONDS: Final = 7 * DAY


class AfterSale(Clause):
    """The after-sale window."""

    name = "after_sale"
    title = _("After-sale window")
    terms = (
        Term(
            name="after_sale_seconds",
            unit=Unit.SECONDS,
            asked_as="after_sale",
            label=_("A sale is final after"),
            most=LONGEST_SECONDS,
            default=USUAL_SECONDS,
            initial=USUAL_SECONDS,
            wrong=_("At most 90 days."),
        ),
    )

    def says(self, values: Mapping[str, Any]) -> str:
        """The window."""
        words = gettext("A sale is final %(time)s after the parcel was received; then it is settled.")
        return words % {"time": duration(values["after_sale_seconds"])}

    def after_sale_seconds(self, values: Mapping[str, Any]) -> int:
        """The window."""
        return int(values["after_sale_seconds"])


AFTER_SALE = AfterSale()
