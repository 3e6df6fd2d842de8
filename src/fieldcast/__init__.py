"""Fieldcast (田播): an open platform on which a county runs honest live commerce."""

__version__ = "0.1.0"
