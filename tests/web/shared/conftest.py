"""These tests' clock stands where the factories live."""

from tests.web.shared.clock import clock

__all__ = ["clock"]
