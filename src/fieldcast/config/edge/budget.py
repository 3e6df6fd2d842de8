"""How much may be held for bodies that are still arriving, in all and for one address."""

from collections import Counter

from fieldcast.config.edge.problems import Busy

RETRY_SECONDS = 5


class Budget:
    """`total` bytes, of which one address may hold `share`. Of one event loop."""

    def __init__(self, *, total: int, share: int) -> None:
        self._total, self._share = total, share
        self._held: Counter[str] = Counter()
        self.held = 0

    def take(self, address: str, size: int) -> None:
        """Hold `size` bytes for `address`. Raises `Busy` when there is no room."""
        if self.held + size > self._total or self._held[address] + size > self._share:
            raise Busy(seconds=RETRY_SECONDS)
        self.held += size
        self._held[address] += size

    def give_back(self, address: str, size: int) -> None:
        """Let go of what was taken."""
        self.held -= size
        self._held[address] -= size
        if self._held[address] <= 0:
            del self._held[address]
