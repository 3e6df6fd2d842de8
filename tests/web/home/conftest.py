"""These tests' clock stands still."""

from tests.web.home.clock import set_clock

__all__ = ["set_clock"]
