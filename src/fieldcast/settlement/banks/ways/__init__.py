"""The ways by which payouts reach a bank: one module each, of one shape (`interface.BankWay`), reached by name.

A new one copies a neighbour and adds one line here.
"""

from collections.abc import Mapping
from typing import Final

from fieldcast.settlement.banks.types import Way
from fieldcast.settlement.banks.ways import file, sandbox
from fieldcast.settlement.banks.ways.interface import BankWay

WAYS: Final[Mapping[Way, BankWay]] = {Way.FILE: file.BY_HAND, Way.SANDBOX: sandbox.SANDBOX}
