"""What the catalogue refuses: lots that cannot be, and files that are not taken."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.catalog.types import Unit
from fieldcast.catalog.words import several
from fieldcast.kit.errors import Problem


class YieldExceeded(Problem):
    """The plot cannot have borne so much."""

    code = "yield_exceeded"
    status = 409
    sentence = _(
        "%(area_mu)s mu can bear at most %(ceiling)s of this a season (%(ceiling_per_mu)s a mu); "
        "%(already)s are registered already, so %(wanted)s more is too much."
    )
    beside = _(
        "%(area_mu)s mu can bear at most %(ceiling)s of this a season (%(ceiling_per_mu)s a mu), and the plot bears "
        "more at that time: %(others)s. %(already)s are registered already, so %(wanted)s more is too much: all "
        "together would take %(percent)s%% of it."
    )
    next_step = _("Register at most %(room)s, or choose the plot it really came from.")

    @property
    def message(self) -> str:
        """The figures as people write them; the facts stay plain numbers."""
        return str(self.beside if self.facts.get("others") else self.sentence) % self._in_words()

    @property
    def advice(self) -> str:
        """What still fits, with its unit."""
        return str(self.next_step) % self._in_words()

    def _in_words(self) -> dict[str, Any]:
        figures = ("ceiling", "ceiling_per_mu", "already", "wanted", "room")
        unit = several(Unit(self.facts["unit"]))
        others = [_share_in_words(share) for share in self.facts.get("others", ())]
        said = {**self.facts, **{name: f"{self.facts[name]:,} {unit}" for name in figures}}
        return {**said, "others": _listed(others)}


def _share_in_words(share: Mapping[str, Any]) -> str:
    amount = f"{share['quantity']:,} {several(Unit(share['unit']))}"
    places = {"name": _name(share), "amount": amount, "percent": share["percent"]}
    return gettext("%(name)s %(amount)s (%(percent)s%%)") % places


def _name(named: Mapping[str, Any]) -> str:
    chinese = get_language() == settings.LANGUAGE_CODE
    return str(named["name"] if chinese else named["name_en"] or named["name"])


def _listed(names: Iterable[str]) -> str:
    return ("、" if get_language() == settings.LANGUAGE_CODE else ", ").join(names)


class CropNotDeclared(Problem):
    """Nobody has said that the plot grows this."""

    code = "crop_not_declared"
    status = 409
    sentence = _("Plot %(plot)s is not declared to grow this: it grows %(grows)s.")
    nothing = _("Plot %(plot)s is not declared to grow anything yet.")
    next_step = _("Choose the plot it really came from, or declare on the plot's page what grows there.")

    @property
    def message(self) -> str:
        """With what it grows, in the reader's language."""
        names = [_name(one) for one in self.facts["crops"]]
        sentence = self.sentence if names else self.nothing
        return str(sentence) % {**self.facts, "grows": _listed(names)}


class CropDeclared(Problem):
    """The plot grows it already."""

    code = "crop_declared"
    status = 409
    sentence = _("This plot is declared to grow that already.")
    next_step = _("Look at the plot again: somebody may have declared it just now.")


class NotAMemberPlot(Problem):
    """The plot is not farmed by a member of the cooperative."""

    code = "not_a_member_plot"
    status = 409
    sentence = _("This plot does not belong to a member of your cooperative.")
    next_step = _("Choose one of your members' plots.")


class LotCodeTaken(Problem):
    """The code is on another lot's boxes."""

    code = "lot_code_taken"
    status = 409
    sentence = _("Lot %(code)s exists already.")
    next_step = _("Use another code, or leave it empty to get one.")


class BadLotCode(Problem):
    """A code that fits on no box."""

    code = "bad_lot_code"
    sentence = _("A lot's code has at most %(most)s letters, digits and signs.")
    next_step = _("Use a shorter code, or leave it empty to get one.")


class BadQuantity(Problem):
    """The quantity of a lot is not above zero."""

    code = "bad_quantity"
    sentence = _("The quantity must be a whole number above zero.")
    next_step = _("Enter how much was harvested.")


class FutureHarvest(Problem):
    """The harvest date is after today."""

    code = "future_harvest"
    sentence = _("The harvest date %(day)s is still to come.")
    next_step = _("Register the lot once it has been picked.")


class HarvestTooOld(Problem):
    """Picked longer ago than anything of its kind keeps."""

    code = "harvest_too_old"
    status = 422
    sentence = _("This was picked on %(day)s, longer ago than %(name)s keeps.")
    next_step = _("Check the day, above all the year. What is older is not registered.")


class PapersStayInside(Problem):
    """A paper that was to be shown to everyone: names and signatures stand on it."""

    code = "papers_stay_inside"
    status = 422
    sentence = _("Only photos are shown to buyers; sheets and documents stay with you.")
    next_step = _("Take the tick away, or hand it in as a photo if it is one.")


class SamePicture(Problem):
    """The lot has it already."""

    code = "same_picture"
    status = 409
    sentence = _("This picture is with the lot already.")
    next_step = _("Choose another one.")


class TooManyFiles(Problem):
    """More than anybody looks at."""

    code = "too_many_files"
    status = 409
    sentence = _("A lot has at most %(most)s photos and papers.")
    next_step = _("Withdraw one that is not needed any more, then add this one.")
