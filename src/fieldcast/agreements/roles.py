"""The roles in which parties take part in a sale: what people call them, who may take them, and what each bears."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from fieldcast.accounts.types import OrganisationKind
from fieldcast.kit.errors import Sentence


@dataclass(frozen=True, kw_only=True)
class Role:
    """A role. `title` is said where money is shown, `party` where an agreement names who takes it.

    `taken_by`: the kinds of organisation that an agreement may name for it; none where no agreement does: the farmer
    comes with the lot, the platform with the house. `covers`: puts money in where a price does not carry what is
    promised, so its shares of a line may sum to less than zero. `signs_if_paid`: agrees only to terms that promise it
    something.
    """

    name: str
    title: Sentence
    party: Sentence = ""
    taken_by: tuple[OrganisationKind, ...] = ()
    covers: bool = False
    signs_if_paid: bool = False


FARMER = Role(name="farmer", title=_("Farmer"))
CARRIER = Role(
    name="carrier",
    title=_("Cold chain and delivery"),
    party=_("Carrier"),
    taken_by=(OrganisationKind.CARRIER,),
    signs_if_paid=True,
)
HOST = Role(name="host", title=_("Host"), party=_("Host"), taken_by=(OrganisationKind.HOST,))
COOPERATIVE = Role(
    name="cooperative",
    title=_("Cooperative"),
    party=_("Cooperative"),
    taken_by=(OrganisationKind.COOPERATIVE,),
    covers=True,
)
PLATFORM = Role(name="platform", title=_("Platform"))
_COMPANY = OrganisationKind.COMPANY
_PUBLIC = (OrganisationKind.AUTHORITY, OrganisationKind.SERVICE_CENTRE)
BRAND_OWNER = Role(
    name="brand_owner",
    title=_("Owner of the brand"),
    party=_("Owner of the brand"),
    taken_by=(_COMPANY, *_PUBLIC, OrganisationKind.COOPERATIVE),
)
TECHNICAL_SERVICE = Role(
    name="technical_service",
    title=_("Technical service"),
    party=_("Technical service"),
    taken_by=(_COMPANY, OrganisationKind.SERVICE_CENTRE, OrganisationKind.TESTING_STATION),
)
MCN = Role(name="mcn", title=_("Host agency (MCN)"), party=_("Host agency (MCN)"), taken_by=(_COMPANY,))
INSURER = Role(name="insurer", title=_("Insurer"), party=_("Insurer"), taken_by=(_COMPANY,))
INVESTOR = Role(
    name="investor", title=_("Investor"), party=_("Investor"), taken_by=(_COMPANY, OrganisationKind.HOUSEHOLD)
)
# The team of a session beside its host: people work in organisations, and those are paid.
_TEAM = (OrganisationKind.HOST, _COMPANY, OrganisationKind.SERVICE_CENTRE, OrganisationKind.COOPERATIVE)
ASSISTANT = Role(name="assistant", title=_("Assistant host"), party=_("Assistant host"), taken_by=_TEAM)
FLOOR_CONTROL = Role(name="floor_control", title=_("Floor control"), party=_("Floor control"), taken_by=_TEAM)
CONSOLE = Role(name="console", title=_("Console of the room"), party=_("Console of the room"), taken_by=_TEAM)
AFTER_SALE = Role(
    name="after_sale", title=_("After-sale service"), party=_("After-sale service"), taken_by=_TEAM
)

# In the order in which a picture shows them, and a statement's lines are made.
ROLES: Mapping[str, Role] = {
    role.name: role
    for role in (
        FARMER,
        CARRIER,
        HOST,
        COOPERATIVE,
        PLATFORM,
        BRAND_OWNER,
        TECHNICAL_SERVICE,
        MCN,
        INSURER,
        INVESTOR,
        ASSISTANT,
        FLOOR_CONTROL,
        CONSOLE,
        AFTER_SALE,
    )
}
