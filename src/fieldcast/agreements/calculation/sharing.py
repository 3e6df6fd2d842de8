"""From a line and the terms it was sold under to everyone's share. Who gets a fen that is left over: `rounding`."""

from fieldcast.agreements.agreed import AgreedTerms
from fieldcast.agreements.clauses.shapes import LineFacts, Share


def shares_of(*, line: LineFacts, terms: AgreedTerms) -> tuple[Share, ...]:
    """Everyone's share of a line under the terms it was sold under; they sum to `line.net_fen` exactly.

    Raises `ProductNotAgreed` when the product cannot be sold under the terms, and `BasisUnsettled`.
    """
    return terms.shares(line)
