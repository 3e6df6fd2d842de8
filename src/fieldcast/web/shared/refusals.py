"""Puts a refusal of the house beside the field it is about, with everything that was typed still there."""

from collections.abc import Mapping

from django import forms

from fieldcast.kit.errors import NotFound, Problem


def beside(form: forms.Form, problem: Problem, fields: Mapping[str, str]) -> None:
    """Add `problem` to the form: beside the field that `fields` names for its code, else above them all.

    What is not there at all is no mistake in a form: `NotFound` is raised again.
    """
    if isinstance(problem, NotFound):
        raise problem
    name = fields.get(problem.code)
    form.add_error(name if name in form.fields else None, str(problem))
