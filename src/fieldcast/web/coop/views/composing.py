"""Composing an agreement clause by clause. The draft travels with the form; the last step shows the whole of it in
words before anything is agreed. Each button is one request: a clause is opened, kept, moved, taken out, or all is
looked over.
"""

from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fieldcast.accounts import queries as accounts
from fieldcast.agreements.composed import drafting
from fieldcast.agreements.composed.drafting import LISTS
from fieldcast.agreements.composed.presets import PRESETS, combined
from fieldcast.agreements.problems import GuaranteeJumps
from fieldcast.agreements.roles import CARRIER, HOST, ROLES
from fieldcast.agreements.types import VersionView
from fieldcast.catalog import queries as catalog
from fieldcast.kit.errors import NotFound, Problem
from fieldcast.web.coop import drafts
from fieldcast.web.coop.draft_shown import GROUPS, cards, known_of, looked_over
from fieldcast.web.coop.drafts import Draft
from fieldcast.web.coop.forms.clauses import ClauseForm
from fieldcast.web.coop.forms.composing import AroundForm, StartForm
from fieldcast.web.coop.writing import said_when_written, write
from fieldcast.web.shared import asking, once
from fieldcast.web.shared.workplace import Workplace, at_cooperative

WRONG = HTTPStatus.UNPROCESSABLE_ENTITY


@require_http_methods(["GET", "POST"])
@at_cooperative
def new(request: HttpRequest, place: Workplace) -> HttpResponse:
    """A new agreement, composed from models to start with."""
    place.must_manage()
    return walk(request, place, None)


def walk(request: HttpRequest, place: Workplace, version: VersionView | None) -> HttpResponse:
    """One step, for a new agreement or a new version of one that was composed."""
    draft = drafts.read(request.POST.get("draft", "")) or (Draft.of(version) if version else None)
    if draft is None:
        return _start(request, place)
    steps = Composing(request, place, version, draft)
    return steps.answer()


def _start(request: HttpRequest, place: Workplace) -> HttpResponse:
    form = StartForm(
        request.POST if request.POST.get("go") == "start" else None,
        partners={role: _takers(place, role) for role in (HOST.name, CARRIER.name)},
    )
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        terms = combined([PRESETS[name] for name in said["presets"]], prices={})
        draft = Draft(
            name=said["name"],
            parties={role: said[role] for role in (HOST.name, CARRIER.name)},
            lists={name: terms.get(name, []) for name in LISTS},
        )
        return Composing(request, place, None, draft).editor()
    context = {
        "place": place,
        "form": form,
        "presets": PRESETS.values(),
        "chosen": request.POST.getlist("presets"),
        "stages": _stages(0),
    }
    return render(request, "coop/compose/start.html", context, status=WRONG if form.errors else 200)


class Composing:
    """One request of somebody who composes."""

    def __init__(
        self, request: HttpRequest, place: Workplace, version: VersionView | None, draft: Draft
    ) -> None:
        self.request, self.place, self.version = request, place, version
        self.draft = draft
        if version is not None:  # parties and name stay
            self.draft = replace(draft, name=version.name, parties=Draft.of(version).parties)

    def answer(self) -> HttpResponse:
        """What the button asks for."""
        around = None
        if "after_sale" in self.request.POST:
            around = self._around(self.request.POST)
            if not around.is_valid():
                return self.editor(around=around, status=WRONG)
            self._take(around)
        verb, _colon, what = self.request.POST.get("go", "").partition(":")
        number = asking.whole(what, most=999) or 0
        if verb == "edit":
            return self._clause(number)
        if verb == "add":
            return self._clause_new(self.request.POST.get("kind", ""))
        if verb in ("keep", "place"):
            return self._kept(number) if verb == "keep" else self._placed(what)
        if verb in ("up", "down", "remove"):
            self._move(verb, number)
        if verb in ("check", "save"):
            return self._check(save=verb == "save")
        return self.editor()

    def editor(
        self, *, around: AroundForm | None = None, problem: Problem | None = None, status: int = 200
    ) -> HttpResponse:
        """All clauses as cards, each with what is wrong with it."""
        shown, above = cards(self.draft, self._products(), problem)
        context = {
            **self._common(1),
            "form": around or self._around(None),
            "groups": [] if self.draft.full else GROUPS,
            "cards": shown,
            "above": above,
            "refused": status != HTTPStatus.OK,
        }
        return render(self.request, "coop/compose/editor.html", context, status=status)

    def _clause(self, number: int) -> HttpResponse:
        """One clause to change."""
        row = self._row(number)
        return self._show(self._form(row["kind"], number, row))

    def _clause_new(self, kind: str) -> HttpResponse:
        """One clause to add."""
        if kind not in _every_kind() or self.draft.full:
            return self.editor()
        _lists, number = drafting.added(self.draft.lists, {"kind": kind})
        return self._show(self._form(kind, number, None), new=True)

    def _kept(self, number: int) -> HttpResponse:
        row = self._row(number)
        form = self._form(row["kind"], number, row, data=self.request.POST)
        if not form.is_valid():
            return self._show(form)
        self.draft = self.draft.with_lists(drafting.replaced(self.draft.lists, number, form.row))
        return self.editor()

    def _placed(self, kind: str) -> HttpResponse:
        if kind not in _every_kind() or self.draft.full:
            return self.editor()
        _lists, number = drafting.added(self.draft.lists, {"kind": kind})
        form = self._form(kind, number, None, data=self.request.POST)
        if not form.is_valid():
            return self._show(form, new=True)
        lists, _number = drafting.added(self.draft.lists, form.row)
        self.draft = self.draft.with_lists(lists)
        return self.editor()

    def _move(self, verb: str, number: int) -> None:
        self._row(number)
        lists = self.draft.lists
        if verb == "remove":
            self.draft = self.draft.with_lists(drafting.removed(lists, number))
        else:
            self.draft = self.draft.with_lists(drafting.moved(lists, number, -1 if verb == "up" else 1))

    def _check(self, *, save: bool) -> HttpResponse:
        """The whole agreement in words; what would be refused is said before anybody agrees."""
        looked = "confirms_jump" in self.request.POST
        try:
            if self.version is not None and not self.draft.note:
                return self._without_a_note()
            if save:
                return self._save(confirms_jump=looked)
            with transaction.atomic():
                write(self.place, self.version, self.draft, now=timezone.now(), confirms_jump=True)
                transaction.set_rollback(True)
        except GuaranteeJumps:
            return self._looked_over(status=WRONG)
        except NotFound:
            raise
        except Problem as problem:
            return self.editor(problem=problem, status=WRONG)
        return self._looked_over()

    def _save(self, *, confirms_jump: bool) -> HttpResponse:
        now = timezone.now()
        with transaction.atomic():
            claim = once.claim(self.request, now=now)
            address = claim.led_to or claim.leads_to(
                write(self.place, self.version, self.draft, now=now, confirms_jump=confirms_jump)
            )
        messages.success(self.request, said_when_written(self.place, self.draft.terms()))
        return redirect(address)

    def _looked_over(self, *, status: int = 200) -> HttpResponse:
        context = {
            **self._common(2),
            **looked_over(self.place, self.version, self.draft, self._products()),
            "refused": status != HTTPStatus.OK,
        }
        return render(self.request, "coop/agreements/check.html", context, status=status)

    def _without_a_note(self) -> HttpResponse:
        around = self._around({**self.request.POST.dict(), "note": ""})
        around.add_error("note", _("Say what changes, and why."))
        return self.editor(around=around, status=WRONG)

    def _show(self, form: ClauseForm, *, new: bool = False) -> HttpResponse:
        context = {**self._common(1), "form": form, "new": new}
        status = WRONG if form.errors else 200
        return render(self.request, "coop/compose/clause.html", context, status=status)

    def _form(self, kind: str, number: int, row: Any, *, data: Any = None) -> ClauseForm:
        known = known_of(
            self.draft, number, row, self._products(), self.version, county_id=self.place.county_id
        )
        return ClauseForm(data, kind=kind, number=number, row=row, known=known)

    def _around(self, data: Any) -> AroundForm:
        asked = [] if self.version else self.draft.asked_roles
        partners = {role: _takers(self.place, role) for role in asked}
        return AroundForm(data, draft=self.draft, partners=partners, revises=self.version is not None)

    def _take(self, around: AroundForm) -> None:
        said = around.cleaned_data
        self.draft = replace(
            self.draft,
            note=said.get("note", self.draft.note),
            parties={**self.draft.parties, **around.parties},
            public_benefit=said["public_benefit"],
            after_sale_seconds=around.seconds,
        )

    def _row(self, number: int) -> drafting.Row:
        found = {one: row for one, _list, row in self.draft.rows}
        if number not in found:
            raise NotFound("clause")
        return found[number]

    def _products(self) -> Any:
        return catalog.products(county_id=self.place.county_id)

    def _common(self, at: int) -> dict[str, Any]:
        return {
            "place": self.place,
            "version": self.version,
            "name": self.draft.name,
            "at": at,
            "stages": _stages(at),
            "draft": self.draft.to_json(),
            "once": once.key_of(self.request),
        }


def _stages(at: int) -> list[dict[str, Any]]:
    titles = [_("Who"), _("Clauses"), _("Look it over")]
    return [
        {"title": title, "state": "done" if number < at else "now" if number == at else "next"}
        for number, title in enumerate(titles)
    ]


def _takers(place: Workplace, role: str) -> list[Any]:
    """Who of the county may take a role."""
    return [
        one
        for kind in ROLES[role].taken_by
        for one in accounts.organisations(county_id=place.county_id, kind=kind)
    ]


def _every_kind() -> set[str]:
    return {kind for kinds in drafting.KINDS.values() for kind in kinds}
