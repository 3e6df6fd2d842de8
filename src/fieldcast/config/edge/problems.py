"""What the edge refuses, before any page has seen it."""

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem


class OddHeaders(Problem):
    """A header that must stand once stands several times: two readers could understand two different requests."""

    code = "odd_headers"
    sentence = _("The header %(name)s stands in the request more than once.")
    next_step = _("Send it once.")


class BodyTooLarge(Problem):
    """More than this address takes; refused before it is read."""

    code = "body_too_large"
    status = 413
    sentence = _("More was sent than is read in one go: %(most)s kB at most.")
    next_step = _("Send less at a time.")


class SignInToSendMore(Problem):
    """Someone who is not signed in has nothing to send that is larger than a form."""

    code = "sign_in_to_send_more"
    status = 413
    sentence = _("Without signing in no more than %(most)s kB may be sent.")
    next_step = _("Sign in, then send it again.")


class BodyCutOff(Problem):
    """The connection broke in the middle of the body."""

    code = "body_cut_off"
    sentence = _("What you sent broke off before its end, so nothing of it was used.")
    next_step = _("Send it again.")


class BodyTooSlow(Problem):
    """The body did not come in time."""

    code = "body_too_slow"
    status = 408
    sentence = _("What you sent took too long to arrive, so nothing of it was used.")
    next_step = _("Try again where the network is better.")


class Busy(Problem):
    """All threads are taken and enough are waiting, or what is being received fills the room kept for it."""

    code = "busy"
    status = 503
    sentence = _("More people are asking at once than can be answered.")
    next_step = _("Nothing was changed. Try again in %(seconds)s seconds.")
