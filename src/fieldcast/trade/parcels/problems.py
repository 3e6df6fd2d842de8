"""What is refused about parcels."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence


class NotACarrier(Problem):
    """Parcels are carried by one of the county's carriers."""

    code = "not_a_carrier"
    status = 409
    sentence: ClassVar[Sentence] = _("This is not a carrier of the county.")
    next_step: ClassVar[Sentence] = _("Choose a carrier from the list.")


class CarrierNotAgreed(Problem):
    """A delivery fee is paid for the parcel, and the carrier chosen has agreed to none with this cooperative."""

    code = "carrier_not_agreed"
    status = 409
    sentence: ClassVar[Sentence] = _("This carrier has not agreed to carry for the cooperative.")
    next_step: ClassVar[Sentence] = _(
        "Choose the carrier of the terms, or let it agree to terms that name it."
    )


class BadTracking(Problem):
    """Not a tracking number."""

    code = "bad_tracking"
    sentence: ClassVar[Sentence] = _("A tracking number has 6 to 40 letters, digits and hyphens.")
    next_step: ClassVar[Sentence] = _("Copy it from the parcel's label.")


class TrackingTaken(Problem):
    """The number is on another parcel."""

    code = "tracking_taken"
    status = 409
    sentence: ClassVar[Sentence] = _(
        "Tracking number %(number)s is already on another parcel of this carrier."
    )
    next_step: ClassVar[Sentence] = _("Check the label of this parcel.")
