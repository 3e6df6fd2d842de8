"""A guarantee letter reaches a view only through here."""

from datetime import datetime

from fieldcast.accounts import operations as accounts_operations
from fieldcast.accounts.access import require
from fieldcast.accounts.types import SignedIn
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.bonds import queries
from fieldcast.files import queries as files
from fieldcast.files.types import Content


def load_letter_picture(*, by: SignedIn, letter_id: int, now: datetime) -> Content:
    """The letter as it was handed in, for the agreement's parties and the authority; else `NotFound`.

    Who looks at it is written down: names stand on it.
    """
    letter = queries.letter(letter_id=letter_id)
    require(by, "agreements.view", agreements.versions_of(agreement_id=letter.bond.agreement_id)[0])
    accounts_operations.log_personal_read(
        by=by,
        subject=f"file {letter.file_id}",
        what="document",
        reason=f"looking at guarantee letter {letter_id}",
        now=now,
    )
    return files.content(file_id=letter.file_id)
