"""What people call the parties and weights of composed terms, in the active language."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.composed.shapes import POOL
from fieldcast.agreements.roles import ROLES
from fieldcast.kit.errors import Sentence

HOUSEHOLD = "household:"
POOLS: Mapping[str, Sentence] = {  # those of the model agreements; any other is called as it is written
    "service": _("service"),
    "dividend": _("dividend"),
    "technology": _("technology"),
}
AXES: Mapping[str, Sentence] = {
    "price_bp": _("Price"),
    "volume_bp": _("Volume"),
    "returned_bp": _("Money returned"),
    "unsold_bp": _("What was not sold"),
}


def known_roles() -> frozenset[str]:
    """Every role that a clause may name; households of a cooperative come with the facts of a period."""
    return frozenset(ROLES)


def of_role(role: str) -> str:
    """What a role or a pool is called."""
    if role.startswith(POOL):
        name = role[len(POOL) :]
        return gettext("the pool “%(name)s”") % {"name": POOLS.get(name, name)}
    if role.startswith(HOUSEHOLD):
        return gettext("household %(number)s") % {"number": role[len(HOUSEHOLD) :]}
    return str(ROLES[role].title) if role in ROLES else role


def axis(name: str) -> str:
    """What is varied before signing, by its name in basis points."""
    return str(AXES[name])


def weighed(weights: Mapping[str, int]) -> str:
    """`Farmer 4 : Host 3`."""
    return " : ".join(f"{of_role(role)} {weight}" for role, weight in weights.items())
