"""What the cooperative's pages call things: kinds of produce, and the hours of a day."""

from collections.abc import Mapping
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import Category
from fieldcast.kit.errors import Sentence
from fieldcast.web.templatetags.words import chinese

CATEGORIES: Mapping[Category, Sentence] = {
    Category.FRUIT: _("Fruit"),
    Category.VEGETABLE: _("Vegetables"),
    Category.TEA: _("Tea"),
    Category.MUSHROOM: _("Mushrooms"),
    Category.EGG: _("Eggs"),
}


def day_line(now: datetime) -> str:
    """The day as people say it: 11月22日 星期日 14:00, or Sunday 22 November 14:00."""
    local = timezone.localtime(now)
    return date_format(local, "n月j日 l H:i" if chinese() else "l j F H:i")


def greeting(now: datetime) -> str:
    """The greeting of the hour, in the county's time."""
    hour = timezone.localtime(now).hour
    if 5 <= hour < 11:
        return gettext("Good morning")
    if 11 <= hour < 13:
        return gettext("Good day")
    if 13 <= hour < 18:
        return gettext("Good afternoon")
    return gettext("Good evening")
