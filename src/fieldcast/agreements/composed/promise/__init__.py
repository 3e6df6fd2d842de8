"""The clauses that move nothing by themselves and hold when something happens: a module each.

A bond and the penalties that are taken from it, what may be taken back of a household's payouts, how fast money is paid
out, what damaged goods come to, and how long all of it holds.
"""

from collections.abc import Callable, Mapping

from fieldcast.agreements.composed.fields import Fields
from fieldcast.agreements.composed.promise.bond import Bond
from fieldcast.agreements.composed.promise.damage import Damage
from fieldcast.agreements.composed.promise.fast_payout import FastPayout
from fieldcast.agreements.composed.promise.penalty import Penalty
from fieldcast.agreements.composed.promise.recovery import Recovery
from fieldcast.agreements.composed.promise.validity import Validity
from fieldcast.agreements.composed.shapes import PromiseClause
from fieldcast.kit.errors import Sentence

PROMISE: Mapping[str, tuple[Sentence, Callable[[Fields], PromiseClause]]] = {
    one.kind: (one.title, one.read) for one in (Bond, Penalty, Recovery, FastPayout, Damage, Validity)
}
