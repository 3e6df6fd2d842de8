"""What is refused on the way to the bank."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from fieldcast.kit.errors import Problem, Sentence


class BadAccount(Problem):
    """No account could have this number, holder or bank."""

    code = "bad_account"
    status = 422
    sentence: ClassVar[Sentence] = _("An account has a holder, a bank and a number of 8 to 30 digits.")
    next_step: ClassVar[Sentence] = _("Copy the number from the bank card or the passbook.")


class AccountRefused(Problem):
    """The bank returned money that went to this very account."""

    code = "account_refused"
    status = 409
    sentence: ClassVar[Sentence] = _("The bank has returned money from this account.")
    next_step: ClassVar[Sentence] = _("Ask the bank why, or name another account.")


class NothingToSend(Problem):
    """No payout waits that has an account to go to."""

    code = "nothing_to_send"
    status = 409
    sentence: ClassVar[Sentence] = _("No payout waits that has an account to go to.")
    next_step: ClassVar[Sentence] = _("Those without an account stand in the list of what waits.")


class NotAResult(Problem):
    """The file has none of the columns in which a bank answers."""

    code = "not_a_result"
    status = 422
    sentence: ClassVar[Sentence] = _("The file has no columns “%(columns)s”.")
    next_step: ClassVar[Sentence] = _("Use the file that the bank gave back for this batch.")


class OtherBatch(Problem):
    """The file answers another batch than the one it was handed in for."""

    code = "other_batch"
    status = 409
    sentence: ClassVar[Sentence] = _("Line %(line)s is about %(reference)s, which is not in batch %(batch)s.")
    next_step: ClassVar[Sentence] = _("Nothing was changed. Open the batch that the file is about.")


class ResultDiffers(Problem):
    """The file says another sum, or something that cannot be, of a payout."""

    code = "result_differs"
    status = 409
    sentence: ClassVar[Sentence] = _("Line %(line)s does not fit what was sent: %(what)s.")
    next_step: ClassVar[Sentence] = _("Nothing was changed. Ask the bank before anything else is done.")
