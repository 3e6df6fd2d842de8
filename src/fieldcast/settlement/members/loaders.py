"""A member's account is seen by the member and by its cooperative, and by nobody else."""

from fieldcast.accounts.access import require
from fieldcast.accounts.types import Actor
from fieldcast.kit.errors import NotFound
from fieldcast.settlement.members import queries
from fieldcast.settlement.members.types import MemberOf


def load_member(*, by: Actor, cooperative_id: int, household_id: int) -> MemberOf:
    """A household as a member of a cooperative, for people of either. Raises `NotFound`, also where it is no member."""
    member = MemberOf(cooperative_id=cooperative_id, household_id=household_id)
    require(by, "settlement.view_member", member)
    if household_id not in queries.member_ids(cooperative_id=cooperative_id):
        raise NotFound("member")
    return member
