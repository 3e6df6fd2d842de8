"""The kinds of what waits. The room whose matter it is registers the kind beside the operation that opens it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from fieldcast.kit.errors import Sentence


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of item. `asks` says what is asked, with `%(name)s` places that the item's facts fill; `hint` why, and
    `way` what the link to its place says.

    `in_words`: it is answered in words on the desk's own page; any other where its matter stands.
    """

    code: str
    asks: Sentence
    hint: Sentence
    way: Sentence
    working_days: int
    in_words: bool

    def asked(self, facts: Mapping[str, Any]) -> str:
        """What is asked, with an item's facts: in English `name_en` of them for `name`, where one is given."""
        english = (get_language() or "").startswith("en")
        named = {name: (english and facts.get(f"{name}_en")) or fact for name, fact in facts.items()}
        return str(self.asks) % named


_KINDS: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    """Make a kind known; returns it. Raises `ValueError` for a code that another kind has."""
    if _KINDS.setdefault(kind.code, kind) != kind:
        raise ValueError(f"two kinds are called {kind.code}")
    return kind


def kind_of(code: str) -> Kind:
    """The kind of a code. Raises `KeyError` for one that no room registered."""
    return _KINDS[code]
