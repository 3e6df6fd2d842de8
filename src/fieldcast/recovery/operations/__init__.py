"""Writes of recovery: people found and codes made at a centre, codes asked for and sent by phone, codes used."""

from fieldcast.recovery.operations.at_centre import look_up, make_code
from fieldcast.recovery.operations.by_phone import ask_for_code, send_codes
from fieldcast.recovery.operations.using import use_code

__all__ = ["ask_for_code", "look_up", "make_code", "send_codes", "use_code"]
