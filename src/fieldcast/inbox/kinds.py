"""What a message can say. A kind is a frozen dataclass of its facts, with the sentence made from them; the room that
sends it registers it, in a module `told` that its app reads when it is ready.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar, Final, TypeVar

MOST_LETTERS: Final = 80  # of a fact in words: names and numbers of things, no text that somebody wrote
_KINDS: Final[dict[str, type["Kind"]]] = {}


@dataclass(frozen=True)
class Kind:
    """The facts of one kind of message: numbers, short words, yes or no, or a table of those. None of them is about a
    person's life.

    `name` is kept with every message, so it is never given to another kind.
    """

    name: ClassVar[str]

    @property
    def sentence(self) -> str:
        """What happened, in the language active now."""
        raise NotImplementedError

    @property
    def facts(self) -> dict[str, Any]:
        """As JSON. Raises `ValueError` for what is not a small fact."""
        facts = asdict(self)
        for name, fact in facts.items():
            said = list(fact.values()) if isinstance(fact, dict) else [fact]
            if not all(map(_small, said)):
                raise ValueError(f"{self.name} cannot say {name}: a whole number or {MOST_LETTERS} letters")
        return facts


def _small(fact: object) -> bool:
    return isinstance(fact, int) or (isinstance(fact, str) and len(fact) <= MOST_LETTERS)


K = TypeVar("K", bound=Kind)


def register(kind: type[K]) -> type[K]:
    """Make a kind known by its name; a decorator. Raises `ValueError` when another has the name."""
    if _KINDS.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"there is a kind of message called {kind.name} already")
    return kind


def kinds() -> tuple[type[Kind], ...]:
    """Every kind there is, by name."""
    return tuple(_KINDS[name] for name in sorted(_KINDS))


def read(name: str, facts: Mapping[str, Any]) -> Kind:
    """The kind of that name with these facts. Raises `LookupError` when no room knows it."""
    if name not in _KINDS:
        raise LookupError(f"no room sends messages of the kind {name!r}")
    return _KINDS[name](**facts)
