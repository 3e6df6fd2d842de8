"""What is different between two versions of an agreement, in words: clauses that came, went, or say something else."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from fieldcast.agreements.agreed import ClauseWords, Price
from fieldcast.kit.errors import Sentence


@dataclass(frozen=True)
class Difference:
    """A clause then and now: only `after` where it is new, only `before` where it is gone."""

    title: Sentence
    before: ClauseWords | None
    after: ClauseWords | None

    @property
    def prices(self) -> tuple[tuple[Price, int | None], ...]:
        """Each price of now, or that is gone, that was another one, with what it was; None where there was none."""
        was = _by_goods(self.before)
        now = _by_goods(self.after)
        changed = [(one, was.get(goods)) for goods, one in now.items()]
        gone = [
            (Price(*goods, 0), one)
            for goods, one in was.items()
            if goods not in now and self.after is not None
        ]
        return tuple(
            (one, before.fen if before else None)
            for one, before in [*changed, *gone]
            if before is None or before.fen != one.fen
        )


def between(before: Sequence[ClauseWords], after: Sequence[ClauseWords]) -> tuple[Difference, ...]:
    """What differs, in the order of what is agreed now. A clause that only moved to another number is the same one."""
    found: list[Difference] = []
    matcher = SequenceMatcher(
        None, [_said(one) for one in before], [_said(one) for one in after], autojunk=False
    )
    for tag, start, end, other, until in matcher.get_opcodes():
        if tag != "equal":
            found += _paired(list(before[start:end]), list(after[other:until]))
    return tuple(found)


def _paired(gone: list[ClauseWords], new: Sequence[ClauseWords]) -> list[Difference]:
    """Of clauses that stand in one place, those of one title are one clause that changed."""
    found = []
    for one in new:
        was = next((old for old in gone if old.title == one.title), None)
        if was is not None:
            gone.remove(was)
        found.append(Difference(one.title, was, one))
    return [*found, *(Difference(old.title, old, None) for old in gone)]


def _said(one: ClauseWords) -> tuple[str, str, tuple[Price, ...]]:
    return str(one.title), one.text, one.prices


def _by_goods(one: ClauseWords | None) -> dict[tuple[str, str], Price]:
    return {(price.product_code, price.grade): price for price in one.prices} if one else {}
