"""These tests' clock stands where the factories live."""

from tests.web.coop.desk import clock

__all__ = ["clock"]
