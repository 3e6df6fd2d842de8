"""A composed agreement while it is written. It travels with its form as JSON, so nothing is kept before it is
agreed on; what comes back is read as carefully as anything else that is sent.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, TypeGuard

from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.clauses.after_sale import USUAL_SECONDS
from fieldcast.agreements.composed.drafting import KINDS, LISTS, Lists, Row, numbered
from fieldcast.agreements.composed.reading import MOST_CLAUSES, SCHEMA
from fieldcast.agreements.composed.shapes import NOBODYS, POOL
from fieldcast.agreements.reading import terms_from_json
from fieldcast.agreements.roles import CARRIER, COOPERATIVE, HOST, ROLES
from fieldcast.agreements.types import VersionView

LONGEST: Final = 60_000
_MOST_ID: Final = 10**17
ALWAYS: Final = (COOPERATIVE.name, HOST.name, CARRIER.name)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Name, parties by role and clauses, whether or not they can be agreed on. `parties`: without the cooperative."""

    name: str = ""
    note: str = ""
    parties: Mapping[str, int] = field(default_factory=dict)
    lists: Lists = field(default_factory=dict)
    public_benefit: bool = False
    after_sale_seconds: int = USUAL_SECONDS

    @classmethod
    def of(cls, version: VersionView) -> "Draft":
        """What a version says, to change it."""
        data = version.terms.to_json()
        return cls(
            name=version.name,
            parties={role: party for role, party in version.parties.items() if role != COOPERATIVE.name},
            lists={name: list(data.get(name, [])) for name in LISTS},
            public_benefit=version.terms.public_benefit,
            after_sale_seconds=version.terms.after_sale_seconds,
        )

    def with_lists(self, lists: Lists) -> "Draft":
        """The same with other clauses."""
        return replace(self, lists=lists)

    def to_json(self) -> str:
        """As it travels."""
        said = {"name": self.name, "note": self.note, "parties": dict(self.parties), **self._terms()}
        return json.dumps(said, ensure_ascii=False, separators=(",", ":"))

    def terms(self) -> AgreedTerms:
        """The terms it comes to. Raises as `terms_from_json` does."""
        return terms_from_json({"schema": SCHEMA, **self._terms()})

    @property
    def rows(self) -> list[tuple[int, str, Row]]:
        """Every clause by its number, with the list it stands in."""
        return numbered(self.lists)

    @property
    def full(self) -> bool:
        """Is there no room for another clause?"""
        return len(self.rows) >= MOST_CLAUSES

    @property
    def pools(self) -> list[str]:
        """The pools that its clauses fill, by name."""
        named = (row.get("to") for _number, _name, row in self.rows)
        found = (to.removeprefix(POOL) for to in named if isinstance(to, str) and to.startswith(POOL))
        return list(dict.fromkeys(found))

    @property
    def asked_roles(self) -> list[str]:
        """Roles that its clauses name and that somebody must take, besides those of every agreement."""
        named = dict.fromkeys(name for _number, _list, row in self.rows for name in _names(row))
        return [name for name in ROLES if name in named and name not in NOBODYS and name not in ALWAYS]

    def _terms(self) -> dict[str, Any]:
        return {
            "public_benefit": self.public_benefit,
            "after_sale_seconds": self.after_sale_seconds,
            **{name: list(self.lists.get(name, [])) for name in LISTS},
        }


def read(text: str) -> Draft | None:
    """A draft that came with a form; None where it is none. Rows of no known kind are left out."""
    if not text or len(text) > LONGEST:
        return None
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    seconds = said.get("after_sale_seconds")
    return Draft(
        name=_words(said.get("name"), 80),
        note=_words(said.get("note"), 200),
        parties=_parties(said.get("parties")),
        lists={name: _rows(said.get(name), name) for name in LISTS},
        public_benefit=said.get("public_benefit") is True,
        after_sale_seconds=seconds if _is_whole(seconds) else USUAL_SECONDS,
    )


def _words(value: object, longest: int) -> str:
    return value.replace("\x00", "")[:longest] if isinstance(value, str) else ""


def _parties(value: object) -> dict[str, int]:
    if not isinstance(value, dict):
        return {}
    return {
        role: party
        for role, party in value.items()
        if role in ROLES and role != COOPERATIVE.name and _is_whole(party)
    }


def _rows(value: object, name: str) -> list[Row]:
    if not isinstance(value, list):
        return []
    found: list[Row] = [row for row in value if isinstance(row, dict) and _is_kind(row.get("kind"), name)]
    return found[:MOST_CLAUSES]


def _is_kind(value: object, name: str) -> bool:
    return isinstance(value, str) and value in KINDS[name]


def _is_whole(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < _MOST_ID


def _names(row: Row) -> list[str]:
    """Every role that a row names, read as it stands."""
    found = [row.get(name) for name in ("from", "to", "unclaimed")]
    for name in ("weights", "bearers"):
        found += weights_of(row.get(name))
    return [name for name in found if isinstance(name, str)]


def weights_of(value: object) -> dict[str, int]:
    """Weights as they stand in a row, pairs or an object; what is no weight is left out."""
    pairs = list(value.items()) if isinstance(value, dict) else value
    if not isinstance(pairs, list):
        return {}
    both = [pair for pair in pairs if isinstance(pair, list | tuple) and len(pair) == 2]
    return {role: weight for role, weight in both if isinstance(role, str) and _is_whole(weight)}
