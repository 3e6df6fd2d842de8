"""These tests' clock stands still."""

from tests.web.shared.clock import clock

__all__ = ["clock"]
