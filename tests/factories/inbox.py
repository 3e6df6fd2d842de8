"""Messages to people."""

from datetime import datetime

from fieldcast.accounts.models import Person
from fieldcast.inbox import operations as inbox_operations
from fieldcast.inbox import queries as inbox
from fieldcast.inbox.types import Letter
from fieldcast.trace.told import SaleStopped
from tests.factories.accounts import NOW


def make_letter(*people: Person, once_key: str = "sale:1", due: datetime | None = None) -> Letter:
    """That a lot's sale was stopped, to each of them."""
    return Letter(
        to=tuple(person.pk for person in people),
        county_id=people[0].county_id or 0,
        what=SaleStopped(lot="桃-1"),
        link="/lots/1/",
        once_key=once_key,
        due=due,
    )


def send_message(person: Person, *, once_key: str = "sale:1", now: datetime = NOW) -> int:
    """One message to one person; returns its id."""
    assert inbox_operations.send(letters=[make_letter(person, once_key=once_key)], now=now) == 1
    return max(one.id for one in inbox.messages(person_id=person.pk).items)
