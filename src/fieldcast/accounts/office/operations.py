"""Writes of the office, gathered for pages and commands."""

from fieldcast.accounts.office.forms import set_federation, set_form
from fieldcast.accounts.office.founding import (
    Founded,
    checked_code,
    checked_password,
    checked_phone,
    found_county,
    register_administrator,
    standing_county,
)
from fieldcast.accounts.office.people import (
    block,
    end_staff,
    find_by_number,
    make_staff,
    sign_out_everywhere,
    unblock,
)
from fieldcast.accounts.office.places import add_village, remove_village, rename_county, rename_village
from fieldcast.accounts.office.workplaces import (
    end_role,
    give_role,
    make_organisation,
    rename_organisation,
    set_standing,
)

__all__ = [
    "Founded",
    "add_village",
    "block",
    "checked_code",
    "checked_password",
    "checked_phone",
    "end_role",
    "end_staff",
    "find_by_number",
    "found_county",
    "give_role",
    "make_organisation",
    "make_staff",
    "register_administrator",
    "remove_village",
    "rename_county",
    "rename_organisation",
    "rename_village",
    "set_federation",
    "set_form",
    "set_standing",
    "sign_out_everywhere",
    "standing_county",
    "unblock",
]
