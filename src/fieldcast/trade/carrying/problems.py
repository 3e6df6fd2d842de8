"""What is refused about parcels on their way."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcast.kit.errors import Problem, Sentence


class UnknownCode(Problem):
    """A code that is on none of the carrier's parcels."""

    code = "unknown_code"
    status = 404
    sentence: ClassVar[Sentence] = _("None of your parcels has the code %(typed)s.")
    next_step: ClassVar[Sentence] = _(
        "Read the order number on the label, or ask the cooperative who fetches it."
    )


class NotFetched(Problem):
    """A parcel that nobody has fetched is not delivered."""

    code = "parcel_not_fetched"
    status = 409
    sentence: ClassVar[Sentence] = _("This parcel was not fetched yet.")
    next_step: ClassVar[Sentence] = _("First say that you have fetched it.")


class ParcelMovedOn(Problem):
    """The step does not follow from where the parcel is."""

    code = "parcel_moved_on"
    status = 409
    sentence: ClassVar[Sentence] = _("Somebody has written down something else about this parcel meanwhile.")
    next_step: ClassVar[Sentence] = _("Look at its steps; they say who did.")


class BoxesDiffer(Problem):
    """Fewer boxes, and no word about it; or more than there are."""

    code = "boxes_differ"
    status = 422
    sentence: ClassVar[Sentence] = ngettext_lazy(
        "The parcel is %(boxes)s box.", "The parcel is %(boxes)s boxes.", "boxes"
    )
    next_step: ClassVar[Sentence] = _("If one is missing or damaged, say so in words.")


class NotSaid(Problem):
    """A word is missing that the next person needs."""

    code = "parcel_words_missing"
    status = 422
    sentence: ClassVar[Sentence] = _("A word is missing: %(what)s, in at most %(most)s letters.")
    next_step: ClassVar[Sentence] = _("Write it and send it again.")
