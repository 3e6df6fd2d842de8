"""What lots are counted in, as people say it: named here once, for the refusals of every room and for the pages."""

import re
from collections.abc import Mapping

from django.utils.translation import gettext
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
_HAN = "零一二三四五六七八九十"


def several(unit: Unit) -> Sentence:
    """The unit's name beside an amount that is not one."""
    return UNITS[unit][1]


def with_pack(title: str, *, pack_units: int, unit: str) -> str:
    """A name with how much is in a pack, in the active language; as it is where it says so itself."""
    name = UNITS[Unit(unit)][0 if pack_units == 1 else 1]
    numerals = "|".join([re.escape(str(pack_units)), *_HAN[pack_units : pack_units + 1]])
    if re.search(rf"(?<![\d.])({numerals})[\s-]*{re.escape(str(name))}", title, re.IGNORECASE):
        return title
    return gettext("%(title)s, %(number)s %(unit)s") % {"title": title, "number": pack_units, "unit": name}
