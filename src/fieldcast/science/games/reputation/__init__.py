"""What being seen again is worth: when the future keeps a host honest.

`RepeatedSupervision`: a host who is seen for ever, caught now and then, fined and banned. `TrustGame`: a host with a
known number of sessions left, who may, the cooperative believes, be one of those who never cheat. Nothing here is drawn
at random.
"""

from fieldcast.science.games.reputation.finite_horizon import ReputationPath, TrustGame
from fieldcast.science.games.reputation.repeated import RepeatedSupervision

__all__ = ["RepeatedSupervision", "ReputationPath", "TrustGame"]
