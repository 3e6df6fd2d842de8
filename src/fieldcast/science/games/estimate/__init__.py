"""The parameters of the supervision game out of records, with how sure one can be, and what follows for honesty.

Records of audits, penalties, losses and margins become C, F, L and H1 − H2 with bootstrap intervals, and
these become an interval on honesty and supervision and the probability of each regime. What always holds: a
missing figure is left out and counted, never taken as zero; the same records and seed give the same answer;
and where the records are too few, or fit more than one regime, the answer says that it cannot tell.
"""

from fieldcast.science.games.estimate.bootstrap import Interval
from fieldcast.science.games.estimate.estimates import FEWEST, UNTEMPTED, Estimates, Parameter, estimate
from fieldcast.science.games.estimate.records import Records

__all__ = ["FEWEST", "UNTEMPTED", "Estimates", "Interval", "Parameter", "Records", "estimate"]
