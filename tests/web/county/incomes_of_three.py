"""Three households in two villages."""

from fieldcast.accounts.operations import add_village, register_organisation
from fieldcast.accounts.types import OrganisationKind
from tests.factories.accounts import NOW


def three_households(county_id: int) -> tuple[str, str]:
    """Two households in one village, one in another; returns the villages' names."""
    here = add_village(county_id=county_id, name="桃花坞", name_en="Taohuawu")
    there = add_village(county_id=county_id, name="竹坪村", name_en="Zhuping")
    for number, (name, village_id) in enumerate((("甲家", here), ("乙家", here), ("丙家", there))):
        register_organisation(
            county_id=county_id,
            kind=OrganisationKind.HOUSEHOLD,
            code=f"T{county_id}-{number}",
            name=name,
            village_id=village_id,
            now=NOW,
        )
    return "桃花坞", "竹坪村"
