"""Writes of payments, filed by what sets them off: a buyer who pays, a notice that arrives, our own asking."""

from fieldcast.trade.operations.payments.asking import reconcile
from fieldcast.trade.operations.payments.booking import take_payment
from fieldcast.trade.operations.payments.notices import receive_notice
from fieldcast.trade.operations.payments.starting import begin_payment, start_payment

__all__ = ["begin_payment", "receive_notice", "reconcile", "start_payment", "take_payment"]
