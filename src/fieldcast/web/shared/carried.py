"""A parcel's way with its carrier in words: for the carrier, its buyer, its seller and the county."""

from collections.abc import Mapping
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fieldcast.kit.errors import Sentence
from fieldcast.trade.types import Carried, CarryingState, CarryingStepView, Hindrance, To

TITLES: Final[Mapping[Carried, Sentence]] = {
    Carried.CHOSEN: _("Another carrier was chosen"),
    Carried.FETCHED: _("Fetched by the carrier"),
    Carried.PASSED: _("On the way"),
    Carried.DELIVERED: _("Delivered, says the carrier"),
    Carried.UNDELIVERED: _("It could not be delivered"),
    Carried.AGAIN: _("The carrier is asked to try again"),
    Carried.BROUGHT_BACK: _("Brought back to the cooperative"),
}
TONES: Final[Mapping[Carried, str]] = {Carried.UNDELIVERED: "persimmon"}
TO: Final[Mapping[To, Sentence]] = {
    To.DOOR: _("At the door"),
    To.POINT: _("To a collection point"),
    To.NEIGHBOUR: _("To a neighbour"),
}
HINDRANCES: Final[Mapping[Hindrance, Sentence]] = {
    Hindrance.NOBODY: _("Nobody was there"),
    Hindrance.ADDRESS: _("The address is wrong"),
    Hindrance.REFUSED: _("It was refused"),
    Hindrance.DAMAGED: _("It is damaged"),
}
STATES: Final[Mapping[CarryingState, tuple[Sentence, str]]] = {
    CarryingState.TO_FETCH: (_("To fetch"), "wheat"),
    CarryingState.ON_THE_WAY: (_("On the way"), "sky"),
    CarryingState.DELIVERED: (_("Delivered"), "paddy"),
    CarryingState.UNDELIVERED: (_("Not delivered"), "persimmon"),
    CarryingState.GOES_BACK: (_("Bring it back"), "persimmon"),
    CarryingState.BROUGHT_BACK: (_("Brought back"), "grey"),
}
_DETAILS: Final[Mapping[str, Sentence]] = {
    **{one.value: words for one, words in TO.items()},
    **{one.value: words for one, words in HINDRANCES.items()},
}


def title_of(step: CarryingStepView) -> str:
    """What happened."""
    return str(TITLES[step.step])


def said_of(step: CarryingStepView, *, neighbours: bool = True) -> tuple[str, ...]:
    """What is kept with a step: boxes, to whom or why, words; a neighbour's name for those who look for it."""
    boxes = "" if step.boxes is None else ngettext("%(n)d box", "%(n)d boxes", step.boxes) % {"n": step.boxes}
    words = step.words if neighbours or step.detail != To.NEIGHBOUR else ""
    said = (boxes, str(_DETAILS.get(step.detail, "")), words)
    return tuple(one for one in said if one)
