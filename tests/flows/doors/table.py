"""Who may open what. One line for each address and method; a new page is not there until a line here says who enters.

    METHODS  /address/ [of what]  who

The words of "who" are roles and groups of roles, below. `[of what]` tells apart things of one kind that belong to
different people: an address is then walked once for each of them. A door that shows "one's own" (a cooperative's list
of lots, an officer's county) opens to everyone who has one; that nothing of anyone else's is shown behind it is
checked by the scene's private words and by naming someone else's organisation.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

ROLES: Final = (
    "visitor",  # not signed in
    "shopper",  # signed in, has never ordered
    "buyer",  # of the scene's orders
    "chief",  # owner of the scene's cooperative
    "packer",  # staff of the scene's cooperative
    "presenter",  # owner of the scene's host
    "driver",  # owner of the scene's carrier
    "officer",  # of the county's authority
    "farmer",  # of the household that grew the lot
    "clerk",  # of the county's service centre
    "other_chief",  # owner of another cooperative of the county
    "other_presenter",  # owner of another host of the county
    "far_officer",  # of another county's authority
    "far_chief",  # owner of a cooperative of another county
    "far_packer",  # staff of it
    "far_presenter",  # owner of a host of another county
    "far_driver",  # owner of a carrier of another county
    "far_farmer",  # of a household of another county
    "far_clerk",  # of a service centre of another county
    "administrator",  # of the installation, in the scene's county
    "far_administrator",  # the same, in another county
)
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "everyone": ROLES,
    "people": ROLES[1:],  # whoever is signed in
    "nobody": (),
    # each at their own cooperative
    "cooperators": ("chief", "packer", "other_chief", "far_chief", "far_packer"),
    "chiefs": ("chief", "other_chief", "far_chief"),
    "presenters": ("presenter", "other_presenter", "far_presenter"),  # each at their own host
    "drivers": ("driver", "far_driver"),  # each at their own carrier
    "farmers": ("farmer", "far_farmer"),  # each of their own household
    "clerks": ("clerk", "far_clerk"),  # each at their own centre
    "officers": ("officer", "far_officer"),  # each in their own county
    "administrators": ("administrator", "far_administrator"),  # each in their own county
    # each of their own organisation
    "owners": (
        "chief",
        "presenter",
        "driver",
        "officer",
        "farmer",
        "other_chief",
        "other_presenter",
        "far_officer",
        "far_chief",
        "far_presenter",
        "far_driver",
        "far_farmer",
    ),
    "runners": ("chief", "presenter"),  # owners and managers of the session's cooperative and host
    "parties": ("chief", "packer", "presenter", "driver", "officer"),  # to the agreement, and the authority
}

# Not walked here, and why.
SKIPPED: Final[dict[str, str]] = {
    "admin/": "Django's own, for staff of the installation: its login is its door",
    "accounts/": "allauth's pages for signing in and out: everyone's, about nobody else",
    "^accounts/": "pages of allauth that are not offered: 404 for everyone",
    "i18n/": "Django's own: it sets a cookie of the reader",
    "media/": "pictures and video of public pages; that it leads nowhere else is in the tests of the configuration",
}


@dataclass(frozen=True)
class Door:
    """An address, a method and, where it matters whose thing it is, of what; and who may enter."""

    method: str
    address: str
    what: str
    open_to: frozenset[str]

    @property
    def key(self) -> tuple[str, str]:
        """What the platform knows of it."""
        return self.method, self.address

    def __str__(self) -> str:
        return f"{self.method} {self.address}{f' [{self.what}]' if self.what else ''}"


def doors(table: str) -> tuple[Door, ...]:
    """The doors of a table, in its order."""
    return tuple(door for line in table.strip().splitlines() if line for door in _of_line(line))


def _of_line(line: str) -> list[Door]:
    methods, slash, rest = line.partition("/")
    address, _space, who = rest.partition(" ")
    what, bracket, after = who.strip().removeprefix("[").rpartition("]")
    roles = _roles(after.split() if bracket else who.split())
    return [Door(method, slash + address, what, roles) for method in methods.split()]


def _roles(words: Iterable[str]) -> frozenset[str]:
    """The roles meant; a word that is none of ours is a `KeyError`, and no word at all says nothing."""
    known = {**GROUPS, **{role: (role,) for role in ROLES}}
    named = [known[word] for word in words]
    assert named, "a line says who may enter, even when that is nobody"
    return frozenset(role for roles in named for role in roles)
