"""What people tells the faces."""

from dataclasses import dataclass


@dataclass(frozen=True)
class HouseholdIncome:
    """What live commerce brought a household in a time: the sum of its statements, in fen."""

    organisation_id: int
    code: str
    name: str
    name_en: str
    village: str
    village_en: str
    income_fen: int
