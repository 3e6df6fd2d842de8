"""Whom to audit, with which probability, drawn so that nobody can predict it and everybody can check it.

The regulator speaks first: it publishes a probability of audit for every target and keeps to it (a
Stackelberg commitment); the targets answer. Two answers are modelled, and each has its own question:

* `allocate_independent`: *every* target decides for itself whether to cheat. Many hosts, many sessions.
* `allocate_adversary`: *one* adversary looks at all targets and cheats at the one that pays best. A ring of
  false orders, one trader with many shops.

In both a target cheats only where that pays more than honesty; where it is all the same to it, it does what
suits the regulator (a strong Stackelberg equilibrium: a hair's breadth more audit makes the preference
strict). `draw` turns the probabilities into a list of audits that has exactly those probabilities, from a
public seed. What always holds: marginals lie in 0..1, their use of the budget does not exceed it, and an
allocation says how far from the best it can be at most.
"""

from fieldcast.science.games.audits.adversary import AdversaryAllocation, allocate_adversary
from fieldcast.science.games.audits.draw import Draw, draw, start_point, systematic, verify
from fieldcast.science.games.audits.independent import IndependentAllocation, allocate_independent
from fieldcast.science.games.audits.targets import Targets

__all__ = [
    "AdversaryAllocation",
    "Draw",
    "IndependentAllocation",
    "Targets",
    "allocate_adversary",
    "allocate_independent",
    "draw",
    "start_point",
    "systematic",
    "verify",
]
