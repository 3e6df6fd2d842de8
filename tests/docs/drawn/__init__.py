"""The pictures of the documentation, drawn from the house itself: from the import contracts and from its functions."""

from tests.docs import pages
from tests.docs.drawn.house import faces_of_the_web, house
from tests.docs.drawn.sale import sale

FOLDER = pages.DOCS / "explanation" / "pictures"
PICTURES = {"house.svg": house, "web.svg": faces_of_the_web, "sale.svg": sale}


def drawn(name: str) -> str:
    """One picture as the text of its file, an element a line."""
    return PICTURES[name]().svg().replace("><", ">\n<") + "\n"
