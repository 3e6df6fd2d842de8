"""What is refused about requests to join."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcast.kit.errors import Problem, Sentence


class NotSaid(Problem):
    """Something that is needed was left empty."""

    code = "join_not_said"
    status = 422
    sentence: ClassVar[Sentence] = _("Something that is needed was left empty.")
    next_step: ClassVar[Sentence] = _("Fill it in; what you wrote elsewhere is still there.")


class TooLong(Problem):
    """More than anybody reads."""

    code = "join_too_long"
    status = 422
    sentence: ClassVar[Sentence] = _("This is too long: at most %(most)s letters.")
    next_step: ClassVar[Sentence] = _("Say it in fewer words.")


class AreaUnclear(Problem):
    """An area that is no number of mu."""

    code = "join_area_unclear"
    status = 422
    sentence: ClassVar[Sentence] = _("This is no area in mu.")
    next_step: ClassVar[Sentence] = _("Write about how much it is as a number, such as 3.5.")


class ConsentMissing(Problem):
    """Nothing is kept of anyone who has not agreed to it."""

    code = "join_consent_missing"
    status = 422
    sentence: ClassVar[Sentence] = _("You have not agreed that what you write is kept and read.")
    next_step: ClassVar[Sentence] = _("Tick it if you agree; without it nothing is sent.")


class LicencePhotoMissing(Problem):
    """A licence is looked at before anybody sells."""

    code = "join_licence_photo_missing"
    status = 422
    sentence: ClassVar[Sentence] = _("A photo of the licence is missing.")
    next_step: ClassVar[Sentence] = _("Photograph the whole page, so that the number can be read.")


class LicenceUnclear(Problem):
    """A number that no licence has."""

    code = "join_licence_unclear"
    status = 422
    sentence: ClassVar[Sentence] = _("This is no number of a licence.")
    next_step: ClassVar[Sentence] = _("Copy its 18 letters and digits from the licence.")


class TooManyJoinPhotos(Problem):
    """More than anybody looks at."""

    code = "join_too_many_photos"
    status = 422
    sentence: ClassVar[Sentence] = _("At most %(most)s photos.")
    next_step: ClassVar[Sentence] = _("Choose those on which it is seen best.")


class TooManyJoinRequests(Problem):
    """Somebody asks, takes it back and asks again."""

    code = "join_too_many"
    status = 429
    sentence: ClassVar[Sentence] = _("You have asked %(most)s times within a day; no more are taken now.")
    next_step: ClassVar[Sentence] = ngettext_lazy(
        "Ask again in %(hours)s hour. Whoever answers you asks for what is missing; nothing has to be sent anew.",
        "Ask again in %(hours)s hours. Whoever answers you asks for what is missing; nothing has to be sent anew.",
        "hours",
    )


class JoinWaits(Problem):
    """One request of a kind at a time."""

    code = "join_waits"
    status = 409
    sentence: ClassVar[Sentence] = _("You have asked for this already, and it waits for an answer.")
    next_step: ClassVar[Sentence] = _("Look how it stands; you may take it back and ask anew.")


class AlreadyThat(Problem):
    """They have what they ask for."""

    code = "join_already"
    status = 409
    sentence: ClassVar[Sentence] = _("%(name)s belongs to %(where)s already.")
    next_step: ClassVar[Sentence] = _("Nothing needs to be asked for: it is under “Where I work”.")


class NoCounty(Problem):
    """Somebody who belongs to no county, or a county without anybody who answers."""

    code = "join_nobody_answers"
    status = 409
    sentence: ClassVar[Sentence] = _("There is nobody yet in this county who could answer.")
    next_step: ClassVar[Sentence] = _("Ask whoever runs this platform to add a service centre.")


class CooperativeUnknown(Problem):
    """A cooperative that is none of the county's."""

    code = "join_cooperative_unknown"
    status = 422
    sentence: ClassVar[Sentence] = _("This cooperative is not one of the county's.")
    next_step: ClassVar[Sentence] = _("Choose one of the list, or none.")


class OrganisationSuspended(Problem):
    """Whoever is suspended takes in nobody."""

    code = "organisation_suspended"
    status = 409
    sentence: ClassVar[Sentence] = _("%(name)s is suspended and can take in nobody now.")
    next_step: ClassVar[Sentence] = _("The county authority says when that ends.")


class JoinAnswered(Problem):
    """Somebody was quicker, or it was taken back."""

    code = "join_answered"
    status = 409
    sentence: ClassVar[Sentence] = _("%(who)s was first: this request is answered or taken back.")
    next_step: ClassVar[Sentence] = _("Its history says what was done.")


class NothingWanted(Problem):
    """More is told though nobody has asked for more."""

    code = "join_nothing_wanted"
    status = 409
    sentence: ClassVar[Sentence] = _("Nobody has asked for more about this request.")
    next_step: ClassVar[Sentence] = _("Look how it stands.")


class JoinWordsMissing(Problem):
    """An answer without the words it needs, or with more than fit."""

    code = "join_words_missing"
    status = 422
    sentence: ClassVar[Sentence] = _("Say it in a sentence: at most %(most)s letters.")
    next_step: ClassVar[Sentence] = _("Write it for the one who reads it.")


class VillageUnknown(Problem):
    """A village that the county does not know yet."""

    code = "join_village_unknown"
    status = 422
    sentence: ClassVar[Sentence] = _("There is no village called “%(village)s” in the county's list.")
    next_step: ClassVar[Sentence] = _("Correct its name, or tick that it is to be added.")


class NameTaken(Problem):
    """People work in an organisation of this name already; who they take in is theirs to say."""

    code = "join_name_taken"
    status = 409
    sentence: ClassVar[Sentence] = _("There is one called “%(name)s” already (%(code)s), with people in it.")
    next_step: ClassVar[Sentence] = _(
        "If it is the same, its owner invites this person by phone number; if not, correct the name."
    )


class OfOtherCounty(Problem):
    """People work in their own county."""

    code = "of_other_county"
    status = 409
    sentence: ClassVar[Sentence] = _("%(name)s belongs to another county now.")
    next_step: ClassVar[Sentence] = _("They ask there; decline this request and say so.")
