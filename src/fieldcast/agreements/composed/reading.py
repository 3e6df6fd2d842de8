"""From the JSON of composed terms to clauses, or a refusal that names the clause, the value and what would do."""

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fieldcast.agreements.clauses.after_sale import LONGEST_SECONDS, USUAL_SECONDS
from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.line import LINE
from fieldcast.agreements.composed.line.guarantee import Guarantee
from fieldcast.agreements.composed.line.per_pack import PerPack
from fieldcast.agreements.composed.line.rebate import Rebate
from fieldcast.agreements.composed.line.rest import Rest
from fieldcast.agreements.composed.line.share_of_sales import ShareOfSales
from fieldcast.agreements.composed.period import PERIOD
from fieldcast.agreements.composed.promise import PROMISE
from fieldcast.agreements.composed.promise.bond import Bond
from fieldcast.agreements.composed.promise.penalty import Penalty
from fieldcast.agreements.composed.shapes import POOL, Composed, LineClause, PeriodClause, PromiseClause
from fieldcast.agreements.composed.words import known_roles
from fieldcast.agreements.problems import TermMissing, TermsRefused, TermUnknown
from fieldcast.kit.errors import Sentence
from fieldcast.kit.money import BASIS

SCHEMA: Final = 2
MOST_CLAUSES: Final = 40
_LISTS: Final = ("clauses", "period_clauses", "promise_clauses")
_KEYS: Final = ("schema", "public_benefit", "after_sale_seconds", *_LISTS)
_ALL: Final = _("The agreement as a whole")

_Clause = TypeVar("_Clause")
Kinds = Mapping[str, tuple[Sentence, Callable[[Fields], _Clause]]]


def read_terms(data: Mapping[str, Any]) -> Composed:
    """Composed terms from their JSON. Raises `TermMissing`, `TermUnknown` or `TermsRefused`."""
    for key in data:
        if key not in _KEYS:
            raise TermUnknown(term=str(key), known=", ".join(_KEYS))
    whole = Fields(0, _ALL, {key: data[key] for key in data if key not in _LISTS}, frozenset())
    whole.whole("schema", least=SCHEMA, most=SCHEMA)
    public_benefit = whole.flag("public_benefit")
    seconds = whole.whole("after_sale_seconds", most=LONGEST_SECONDS, default=USUAL_SECONDS)
    roles = known_roles()
    lines = _clauses(data.get("clauses"), "clauses", LINE, roles, first=1)
    periods = _clauses(data.get("period_clauses", []), "period_clauses", PERIOD, roles, first=len(lines) + 1)
    promises = _clauses(
        data.get("promise_clauses", []),
        "promise_clauses",
        PROMISE,
        roles,
        first=len(lines) + len(periods) + 1,
    )
    _check_rest(lines)
    _check_order(lines)
    _check_rates(lines)
    _check_pools(lines, periods)
    _check_once(promises)
    return Composed(
        public_benefit=public_benefit,
        after_sale_seconds=seconds,
        line_clauses=lines,
        period_clauses=periods,
        promise_clauses=promises,
    )


def _clauses(
    found: Any, name: str, kinds: Kinds[_Clause], roles: frozenset[str], *, first: int
) -> dict[int, _Clause]:
    if not isinstance(found, list) or (name == "clauses" and not found):
        raise TermMissing(clause=first, title=_ALL, term=name)
    if len(found) > MOST_CLAUSES:
        _refuse(first, _ALL, name, str(len(found)), f"1–{MOST_CLAUSES}")
    return {number: _clause(row, number, kinds, roles) for number, row in enumerate(found, start=first)}


def _clause(row: Any, number: int, kinds: Kinds[_Clause], roles: frozenset[str]) -> _Clause:
    kind = row.get("kind") if isinstance(row, Mapping) else None
    if not isinstance(kind, str) or kind not in kinds:
        raise TermUnknown(term=f"{number}.kind = {kind}", known=", ".join(kinds))
    title, read = kinds[kind]
    fields = Fields(number, title, row, roles)
    clause = read(fields)
    fields.done()
    return clause


def _check_rest(lines: Mapping[int, LineClause]) -> None:
    """Exactly one `rest`, the last: what it stands before would share money that is gone."""
    rests = [number for number, one in lines.items() if isinstance(one, Rest)]
    if rests != [len(lines)]:
        said = ", ".join(map(str, rests)) or "0"
        wanted = gettext("exactly one clause for what is left, as the last of the line: clause %(last)s")
        _refuse(rests[0] if rests else len(lines), Rest.title, "kind", said, wanted % {"last": len(lines)})


def _check_order(lines: Mapping[int, LineClause]) -> None:
    """A rebate is of what is left above the guarantee: one before it would give away what is guaranteed."""
    guarantees = [number for number, one in lines.items() if isinstance(one, Guarantee)]
    for number, one in lines.items():
        if isinstance(one, Rebate) and guarantees and number < guarantees[-1]:
            wanted = gettext("a place after the guaranteed price, which is clause %(number)s")
            _refuse(number, one.title, "kind", str(number), wanted % {"number": guarantees[-1]})


def _check_rates(lines: Mapping[int, LineClause]) -> None:
    """Rates on sales come to 100 % at most: more was never there to give."""
    total = 0
    for number, one in lines.items():
        if not isinstance(one, ShareOfSales):
            continue
        if total + one.rate_bp > BASIS:
            wanted = gettext("at most %(left)s beside the clauses before") % {
                "left": f"{(BASIS - total) / 100:g}%"
            }
            _refuse(number, one.title, "rate_bp", f"{one.rate_bp / 100:g}%", wanted)
        total += one.rate_bp


def _check_pools(lines: Mapping[int, LineClause], periods: Mapping[int, PeriodClause]) -> None:
    """What fills a pool is shared out by a clause of the period, by one; none is shared out that nothing fills."""
    filled = {
        one.to.removeprefix(POOL): number
        for number, one in reversed(list(lines.items()))
        if isinstance(one, ShareOfSales | PerPack) and one.to.startswith(POOL)
    }
    shared: dict[str, int] = {}
    for number, clause in periods.items():
        for pool in clause.pools:
            if pool not in filled:
                wanted = gettext("a pool that a clause of the line fills: %(pools)s")
                _refuse(number, clause.title, "pool", pool, wanted % {"pools": ", ".join(filled) or "–"})
            if pool in shared:
                wanted = gettext("another pool: clause %(number)s shares this one out")
                _refuse(number, clause.title, "pool", pool, wanted % {"number": shared[pool]})
            shared[pool] = number
    for pool, number in filled.items():
        if pool not in shared:
            wanted = gettext("a clause of the period that shares the pool out: points or dividend")
            _refuse(number, lines[number].title, "to", POOL + pool, wanted)


def _check_once(promises: Mapping[int, PromiseClause]) -> None:
    """One bond a party, and one of each promise that is about the whole agreement: two of them say two things."""
    seen: dict[tuple[str, str], int] = {}
    for number, one in promises.items():
        if isinstance(one, Penalty):
            continue
        key = (one.kind, one.giver if isinstance(one, Bond) else "")
        if key in seen:
            wanted = gettext("one such clause: clause %(number)s is one already")
            _refuse(number, one.title, "kind", one.kind, wanted % {"number": seen[key]})
        seen[key] = number


def _refuse(number: int, title: Sentence, term: str, value: str, allowed: str) -> None:
    raise TermsRefused(clause=number, title=title, term=term, value=value, allowed=allowed)
