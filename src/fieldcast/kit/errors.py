"""Expected failures. Each carries a machine code, a sentence for the user and what to do next, and an HTTP status.

Raised inside a transaction, so whatever was begun is undone; translated once, at the edge (web middleware, API handler,
command line).
"""

from collections.abc import Mapping
from typing import Any, ClassVar, cast

from django.utils.functional import Promise

Sentence = str | Promise  # a lazy translation is turned into words in the reader's language, not the writer's


class Problem(Exception):
    """Base of every expected failure. Subclasses set `code`, `status`, `sentence` and `next_step`.

    Both sentences may hold `%(name)s` places, filled from the keyword arguments, which the API also returns as `facts`.
    One that counts is `ngettext_lazy(one, several, name)`: the fact called `name`, a number, chooses between the two.
    """

    code: ClassVar[str] = "problem"
    status: ClassVar[int] = 400
    sentence: ClassVar[Sentence] = ""
    next_step: ClassVar[Sentence] = ""

    def __init__(self, **facts: Any) -> None:
        super().__init__(self.code)
        self.facts: Mapping[str, Any] = facts

    @property
    def message(self) -> str:
        """The sentence in the language active now."""
        return filled(self.sentence, self.facts)

    @property
    def advice(self) -> str:
        """What the user can do next, in the language active now."""
        return filled(self.next_step, self.facts)

    def __str__(self) -> str:
        message = self.message
        gap = "" if message.endswith("。") else " "  # a Chinese full stop is as wide as its gap
        return f"{message}{gap}{self.advice}".strip()


def filled(sentence: Sentence, facts: Mapping[str, Any]) -> str:
    """The sentence in the language active now. Never made a `str` first: one that counts needs its number for that."""
    return cast("str", sentence) % facts


class NotFound(Problem):
    """There is no such thing, or it is not this person's to see: both look the same from outside."""

    code = "not_found"
    status = 404

    def __init__(self, what: str = "") -> None:
        super().__init__(what=what)

    @property
    def message(self) -> str:
        """The sentence in the language active now."""
        from django.utils.translation import gettext  # noqa: PLC0415 — kit loads before the apps are ready

        return gettext("There is nothing here, or it is not yours to see.")

    @property
    def advice(self) -> str:
        """What the user can do next."""
        from django.utils.translation import gettext  # noqa: PLC0415

        return gettext("Check the address, or sign in as someone who may see it.")
