"""The clauses that agreements are made of, a folder each.

A clause says its terms and their bounds, what it gives whom of a line, the formula that explains each amount (written
apart, in `formulas.py`), how it is said to people, and what a form asks. It knows no number: the model that it stands
in gives it one. It never asks anything but its arguments.
"""

from fieldcast.agreements.clauses.after_sale import AFTER_SALE
from fieldcast.agreements.clauses.cold_chain import COLD_CHAIN
from fieldcast.agreements.clauses.commission import COMMISSION
from fieldcast.agreements.clauses.delivery import DELIVERY
from fieldcast.agreements.clauses.guarantee import GUARANTEE
from fieldcast.agreements.clauses.handling import HANDLING
from fieldcast.agreements.clauses.host_pay import HOST_PAY
from fieldcast.agreements.clauses.rebate import REBATE
from fieldcast.agreements.clauses.rest import REST

__all__ = [
    "AFTER_SALE",
    "COLD_CHAIN",
    "COMMISSION",
    "DELIVERY",
    "GUARANTEE",
    "HANDLING",
    "HOST_PAY",
    "REBATE",
    "REST",
]
