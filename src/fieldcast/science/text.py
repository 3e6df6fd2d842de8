"""Sentences that science says about its results, in the languages of its readers.

Science runs without Django's translations, in notebooks and at the command line, so a sentence carries both languages
itself, with the same figures in each.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """One sentence in English and Simplified Chinese."""

    en: str
    zh: str

    def in_(self, language: str) -> str:
        """The sentence in the language of a code such as `en` or `zh-hans`; Chinese for a language not spoken here."""
        return self.en if language.lower().startswith("en") else self.zh

    def __str__(self) -> str:
        return self.en
