"""Reads of bonds: each party's of each agreement, with its letters and penalties. Balances are the ledger's."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Sum

from fieldcast.accounts import queries as accounts
from fieldcast.agreements import queries as agreements
from fieldcast.agreements.bonds import terms
from fieldcast.agreements.bonds.cases import open_cases
from fieldcast.agreements.bonds.debts import letter_of, letters_of, with_owed
from fieldcast.agreements.bonds.models import BondKept, Penalty, PenaltyPaid
from fieldcast.agreements.bonds.types import BondKey, BondView, KeptOf, LetterView, PenaltyChoice, PenaltyView
from fieldcast.agreements.models import Agreement
from fieldcast.agreements.types import VersionView
from fieldcast.kit.errors import NotFound
from fieldcast.ledger import queries as ledger


def bonds(*, county_id: int, today: date) -> tuple[BondView, ...]:
    """Every bond of a county that was agreed on, holds something or owes something; in as many statements as one."""
    rows = Agreement.objects.filter(county_id=county_id).values_list("id", flat=True)
    return tuple(one for one in _bonds(rows, today) if _says_something(one))


def bonds_of_agreement(*, agreement_id: int, today: date) -> tuple[BondView, ...]:
    """The same of one agreement."""
    return tuple(one for one in _bonds([agreement_id], today) if _says_something(one))


def bond(*, key: BondKey, today: date) -> BondView:
    """One party's bond of an agreement, also an empty one. Raises `NotFound` where no terms name the party."""
    found = [one for one in _bonds([key.agreement_id], today) if one.key == key]
    if not found:
        raise NotFound("bond")
    return found[0]


def letter(*, letter_id: int) -> LetterView:
    """One guarantee letter. Raises `NotFound`."""
    found = letter_of(letter_id=letter_id)
    if found is None:
        raise NotFound("letter")
    return found


def penalty(*, penalty_id: int) -> PenaltyView:
    """One confirmed penalty. Raises `NotFound`."""
    found = [one for views in _penalties(penalty_id=penalty_id).values() for one in views]
    if not found:
        raise NotFound("penalty")
    return found[0]


def kept_of(*, reference: str) -> KeptOf:
    """What was kept of the payout of this reference: a statement's number."""
    filled = BondKept.objects.filter(reference=reference).aggregate(fen=Sum("amount_fen"))["fen"]
    paid = PenaltyPaid.objects.filter(reference=reference, from_wallet=True).aggregate(fen=Sum("amount_fen"))
    return KeptOf(filled_fen=filled or 0, penalties_fen=paid["fen"] or 0)


def penalty_choices(*, county_id: int) -> tuple[PenaltyChoice, ...]:
    """What could be confirmed: the penalties of the terms in force, and of those before them that all agreed to."""
    rows = Agreement.objects.filter(county_id=county_id).values_list("id", flat=True)
    found = terms.versions_of(agreement_ids=rows)
    agreed = agreements.agreed_versions(ids=[one.id for one in found])
    names = accounts.organisations_by_ids(ids={party for one in found for party in one.parties.values()})
    return tuple(
        PenaltyChoice(
            version_id=one.id,
            number=one.number,
            term=term,
            agreement=one.name,
            agreement_en=one.name_en,
            payer=names[one.parties[term.role]].name,
            payer_en=names[one.parties[term.role]].name_en,
            receiver=names[one.parties[term.to]].name,
            receiver_en=names[one.parties[term.to]].name_en,
        )
        for one in reversed(found)
        if one.id in agreed
        for term in terms.penalties_of(one)
    )


def _says_something(one: BondView) -> bool:
    return bool(one.agreed_fen or one.held_fen or one.letters or one.penalties)


def _bonds(agreement_ids: Iterable[int], today: date) -> list[BondView]:
    """By agreement, in the order in which the terms name the parties."""
    named = terms.versions_of(agreement_ids=agreement_ids)
    last = {version.agreement_id: version for version in named}
    keys = list(dict.fromkeys(key for version in named for key in terms.keys_of(version)))
    if not keys:
        return []
    standing = terms.in_force(agreement_ids=last)
    names = accounts.organisations_by_ids(ids={key.organisation_id for key in keys})
    ended = set(Agreement.objects.filter(id__in=last, ended_at__isnull=False).values_list("id", flat=True))
    money = ledger.balances_of(parties=[key.party for key in keys], purposes=("bond", "owed"))
    letters, penalties = letters_of(agreement_ids=last), _penalties(agreement_ids=last)
    return [
        _bond(
            key,
            version=standing.get(key.agreement_id) or last[key.agreement_id],
            agreed_fen=_agreed_fen(standing.get(key.agreement_id), key),
            name=(names[key.organisation_id].name, names[key.organisation_id].name_en),
            ended=key.agreement_id in ended,
            cash_fen=money[key.party, "bond"].available_fen,
            owed_fen=-money[key.party, "owed"].balance_fen,
            letters=letters.get(key, ()),
            penalties=penalties.get(key, ()),
            today=today,
        )
        for key in sorted(keys, key=lambda one: one.agreement_id)
    ]


def _agreed_fen(version: VersionView | None, key: BondKey) -> int:
    return terms.agreed_fen(version, key.organisation_id) if version else 0


def _bond(
    key: BondKey,
    *,
    version: VersionView,
    agreed_fen: int,
    name: tuple[str, str],
    ended: bool,
    cash_fen: int,
    owed_fen: int,
    letters: Sequence[LetterView],
    penalties: Sequence[PenaltyView],
    today: date,
) -> BondView:
    letters_fen = sum(one.room_fen(today) for one in letters)
    over = ended and not owed_fen and not open_cases(key.agreement_id)
    return BondView(
        key=key,
        version_id=version.id,
        agreement=version.name,
        agreement_en=version.name_en,
        organisation=name[0],
        organisation_en=name[1],
        agreed_fen=agreed_fen,
        cash_fen=cash_fen,
        letters_fen=letters_fen,
        owed_fen=owed_fen,
        unpaid_fen=sum(one.unpaid_fen for one in letters),
        free_fen=cash_fen if over else max(0, cash_fen - max(0, agreed_fen - letters_fen)),
        ended=ended,
        letters=tuple(letters),
        penalties=tuple(penalties),
    )


def _penalties(
    *, agreement_ids: Iterable[int] = (), penalty_id: int | None = None
) -> dict[BondKey, list[PenaltyView]]:
    """Penalties of agreements, or one, the newest first, in one statement."""
    rows = Penalty.objects.filter(agreement_id__in=set(agreement_ids))
    if penalty_id is not None:
        rows = Penalty.objects.filter(id=penalty_id)
    shown = with_owed(rows).select_related("receiver", "by").defer("by__phone", "by__name")
    found: dict[BondKey, list[PenaltyView]] = defaultdict(list)
    for row in shown.order_by("-id"):
        key = BondKey(row.agreement_id, row.payer_id)
        found[key].append(
            PenaltyView(
                id=row.pk,
                bond=key,
                version_id=row.version_id,
                clause=row.clause,
                decision=row.decision,
                receiver_id=row.receiver_id,
                receiver=row.receiver.name,
                receiver_en=row.receiver.name_en,
                amount_fen=row.amount_fen,
                cash_fen=row.cash_fen,
                called_fen=row.called_fen,
                owed_fen=row.owed_fen,
                unpaid_fen=row.called_fen - row.banked_fen,
                why=row.why,
                by=row.by.display_name,
                at=row.at,
            )
        )
    return found
