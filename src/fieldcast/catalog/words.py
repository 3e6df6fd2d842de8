"""What lots are counted in, as people say it: named here once, for the refusals of every room and for the pages."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy as in_context

from fieldcast.catalog.types import Unit
from fieldcast.kit.errors import Sentence

# The name of one and the name of several. The code is stored, the name is shown.
UNITS: Mapping[Unit, tuple[Sentence, Sentence]] = {
    Unit.JIN: (_("jin"), _("jin")),
    Unit.LIANG: (_("liang"), _("liang")),
    Unit.PIECE: (in_context("unit", "egg"), in_context("unit", "eggs")),
}


def several(unit: Unit) -> Sentence:
    """The unit's name beside an amount that is not one."""
    return UNITS[unit][1]
