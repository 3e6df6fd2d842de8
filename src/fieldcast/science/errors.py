"""What science refuses, said so that a page can show it beside the field that caused it."""

from fieldcast.science.text import Text


class BadParameter(ValueError):
    """A parameter outside its range.

    `parameter` is its name as the caller wrote it, `text` says what is wrong with it and which values are allowed.
    """

    def __init__(self, parameter: str, text: Text) -> None:
        super().__init__(text.en)
        self.parameter = parameter
        self.text = text
