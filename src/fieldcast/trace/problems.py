"""Why a fact is not written down, and why a lot's sale is neither stopped nor resumed.

A refusal about one of a fact's own fields names it in `field`, so that a form can show it there.
"""

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem


class UnknownFact(Problem):
    """A field that records of this kind do not have."""

    code = "unknown_fact"
    sentence = _("A record of this kind does not say “%(field)s”.")
    next_step = _("It may say: %(known)s.")


class MissingFact(Problem):
    """A field without which a record of this kind says nothing."""

    code = "missing_fact"
    sentence = _("A record of this kind must say “%(field)s”: %(name)s.")
    next_step = _("Add it and send the record again.")


class BadFact(Problem):
    """A value of the wrong type, out of its range, or in another unit."""

    code = "bad_fact"
    sentence = _("“%(name)s” must be %(must)s.")
    next_step = _("Correct it and send the record again.")


class WrongUnit(Problem):
    """Figures of a lot are in the unit the lot is counted in."""

    code = "wrong_unit"
    sentence = _("This lot is counted in %(unit)s, not in %(said)s.")
    next_step = _("Give the figures in the lot's own unit.")


class ResiduesAboveLimits(Problem):
    """Passed, and yet above the limits."""

    code = "residues_above_limits"
    sentence = _("With residues above the limits the test is failed.")
    next_step = _("Write down that the test was not passed, or correct the residues.")


class MoreThanCameIn(Problem):
    """More was sorted out than came in."""

    code = "more_than_came_in"
    sentence = _("This is more than came in.")
    next_step = _("Check both figures.")


class MoreThanHarvested(Problem):
    """More than the whole lot."""

    code = "more_than_harvested"
    sentence = _("The lot has %(quantity)s %(unit)s in all, so %(said)s cannot be of this lot.")
    next_step = _("Check the figure, or choose the lot it is about.")


class OtherLotsFact(Problem):
    """Plot, day, area or grade of another lot."""

    code = "other_lots_fact"
    status = 409
    sentence = _("Lot %(lot)s has “%(kept)s” here, not “%(said)s”.")
    next_step = _("Choose the lot that the record is about.")


class FutureEvent(Problem):
    """It has not happened yet."""

    code = "future_event"
    status = 422
    sentence = _("This time is still to come.")
    next_step = _("Write it down once it has happened. If it has, set the clock of your device right.")


class BeforeHarvest(Problem):
    """What happens to a picked lot cannot have happened before it was picked."""

    code = "before_harvest"
    sentence = _("This lot was picked on %(day)s; before that this cannot have happened to it.")
    next_step = _("Check the time.")


class AfterHarvest(Problem):
    """What was picked was planted before."""

    code = "after_harvest"
    sentence = _("This lot was picked on %(day)s; it was planted before that.")
    next_step = _("Check the time.")


class AlreadyRecorded(Problem):
    """The same fact of the same moment, said once before: two phones wrote it down, or one wrote it down twice."""

    code = "already_recorded"
    status = 409
    sentence = _("Record %(number)s of this lot says the same already.")
    next_step = _("Nothing was added. If it happened twice, give each its own time.")


class NotYoursToSay(Problem):
    """The platform writes it down itself, when it happens."""

    code = "not_yours_to_say"
    status = 403
    sentence = _("Records of this kind are written by the platform itself, when it happens.")
    next_step = _("Do it on the platform (offer, pack, send, write off, stop): its record follows by itself.")


class CorrectsNothing(Problem):
    """A correction that does not say of what, or a record that corrects one of another kind."""

    code = "corrects_nothing"
    sentence = _("A correction names the record it corrects, by a record of the same kind or by new values.")
    next_step = _("Name the record of this lot that is wrong.")


class ReasonNeeded(Problem):
    """A sale is stopped and resumed for a reason, which everyone can read."""

    code = "reason_needed"
    sentence = _("Say why, in at most %(most)s letters: everyone who scans a box can read it.")
    next_step = _("Add the reason and send it again.")


class LotFinished(Problem):
    """All of it is done with."""

    code = "lot_finished"
    status = 409
    sentence = _("Nothing of lot %(lot)s is on sale any more.")
    next_step = _("There is nothing left to stop.")


class LotNotStopped(Problem):
    """Only a stopped sale can be resumed."""

    code = "lot_not_stopped"
    status = 409
    sentence = _("The sale of lot %(lot)s is not stopped.")
    next_step = _("Look at the lot again: somebody may have resumed its sale already.")


class TestNotPassed(Problem):
    """The latest test of the lot was not passed."""

    code = "test_not_passed"
    status = 409
    sentence = _("The latest test of lot %(lot)s was not passed.")
    next_step = _("Have it tested again and write down the result, or write off what must not be sold.")


class StoppedByAuthority(Problem):
    """What the county stopped, the county releases."""

    code = "stopped_by_authority"
    status = 409
    sentence = _("The county's authority stopped the sale of lot %(lot)s.")
    next_step = _("Ask the authority to allow it again.")
