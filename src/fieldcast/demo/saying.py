"""What is being done is said while the county is made, since it takes a while."""

from collections.abc import Callable

Say = Callable[[str], None]


def silent(_words: str) -> None:
    """Nobody listens."""
