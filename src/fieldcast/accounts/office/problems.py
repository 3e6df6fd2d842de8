"""What the office refuses."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from fieldcast.kit.errors import Problem


class NotOneself(Problem):
    """An administrator's own rights are another's to change."""

    code = "not_oneself"
    status = 409
    sentence = _("You cannot do this to yourself.")
    next_step = _("Ask another administrator.")


class AdministratesNoMore(Problem):
    """Whoever asks administers the county no longer."""

    code = "administrates_no_more"
    status = 403
    sentence = _("You do not administer this county any more.")
    next_step = _("Ask another administrator why.")


class MoreRights(Problem):
    """The person has every right, which an administrator cannot take or block."""

    code = "more_rights"
    status = 409
    sentence = _("%(name)s has every right over the installation.")
    next_step = _("Only somebody who has every right too can change that.")


class IsBlocked(Problem):
    """Somebody who cannot sign in cannot administer."""

    code = "is_blocked"
    status = 409
    sentence = _("%(name)s is blocked and cannot sign in.")
    next_step = _("Let them in again first.")


class FormOfAnotherKind(Problem):
    """A form that organisations of the kind do not have."""

    code = "form_of_another_kind"
    status = 409
    sentence = _("An organisation of this kind has no such form.")
    next_step = _("Farm households may be family farms, cooperatives may be federations.")


class HasMembers(Problem):
    """A federation with members is none any more."""

    code = "has_members"
    status = 409
    sentence = _("Cooperatives are still members of this federation.")
    next_step = _("Let them leave first.")


class NoFederation(Problem):
    """A cooperative joins what is no federation, or a federation joins another."""

    code = "no_federation"
    status = 409
    sentence = _("Cooperatives join federations, and nobody else does.")
    next_step = _("Choose a cooperative for a member and a federation to join.")


class NameTaken(Problem):
    """Another of the county is called that."""

    code = "name_taken"
    status = 409
    sentence = _("There is one called “%(name)s” already.")
    next_step = _("Choose another name.")


class CodeTaken(Problem):
    """Another of the county has the code."""

    code = "code_taken"
    status = 409
    sentence = _("The code %(code)s is taken.")
    next_step = _("Choose another; a code stays for good.")


class BadCode(Problem):
    """Not a code."""

    code = "bad_code"
    sentence = _("“%(code)s” is not a code.")
    next_step = _("A code is 1 to 20 letters, digits or hyphens, such as HZ01.")


class VillageInUse(Problem):
    """Something is in the village."""

    code = "village_in_use"
    status = 409
    sentence = _("%(name)s is in use: organisations or farms are in it.")
    next_step = _("Rename it instead, or move them first.")


class TooManySearches(Problem):
    """An administrator looked for people by number too often."""

    code = "too_many_searches"
    status = 429
    sentence = _("You have looked for many people by their number.")
    next_step = ngettext_lazy(
        "Try again in %(minutes)s minute, or look by name.",
        "Try again in %(minutes)s minutes, or look by name.",
        "minutes",
    )


class CountyStands(Problem):
    """The installation has a county."""

    code = "county_stands"
    status = 409
    sentence = _("There is a county already: %(name)s (%(county)s).")
    next_step = _("Add --add to make another beside it; it then has people and goods of its own.")


class WeakPassword(Problem):
    """A password that is easily guessed."""

    code = "weak_password"
    sentence = _("This password will not do: %(why)s")
    next_step = _("Choose another password.")
