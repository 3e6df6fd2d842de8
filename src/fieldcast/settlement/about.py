"""What a statement is about, in both languages: a session, or a month of an agreement."""

from fieldcast.live.types import english_title
from fieldcast.settlement.models import Statement


def title(row: Statement) -> str:
    """The session's title, or the agreement's name and the month."""
    if row.session is not None:
        return row.session.title
    assert row.sheet is not None  # the database keeps a statement to one of the two
    return f"{row.sheet.agreement_version.agreement.name} · {row.sheet.month:%Y-%m}"


def title_en(row: Statement) -> str:
    """The same in English; empty where it has no English of its own."""
    if row.session is not None:
        return english_title(row.session.title, host_name_en=row.session.host.name_en)
    return ""
