"""What the demo county's past came to, said so briefly that it can be kept and compared: sums and hashes of its lines.

Ids differ from one database to the next, so a party is said by its organisation's code and a line by what it holds.
"""

import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import Any

from django.utils import timezone

from fieldcast.settlement.models import StatementLine

KEPT = Path(__file__).with_name("settled_past.json")


def settled_past(*, county_id: int) -> dict[str, dict[str, dict[str, Any]]]:
    """For each agreement and each month: lines, fen of every role, and a hash of every line's party, clause and fen."""
    groups: dict[str, dict[str, list[tuple[str, int, list[Any]]]]] = {
        "agreements": defaultdict(list),
        "months": defaultdict(list),
    }
    rows = StatementLine.objects.filter(statement__county_id=county_id).select_related(
        "statement__organisation", "agreement_version__agreement"
    )
    for row in rows:
        party = row.statement.organisation.code if row.statement.organisation else row.statement.party
        role = row.statement.role
        said = [party, role, row.clause, row.kind, row.formula, sorted(row.inputs.items()), row.amount_fen]
        line = (role, row.amount_fen, said)
        version = f"{row.agreement_version.agreement.name} v{row.agreement_version.number}"
        groups["agreements"][version].append(line)
        groups["months"][f"{timezone.localtime(row.statement.issued_at):%Y-%m}"].append(line)
    return {
        kind: {name: _digest(lines) for name, lines in sorted(named.items())}
        for kind, named in groups.items()
    }


def _digest(lines: list[tuple[str, int, list[Any]]]) -> dict[str, Any]:
    fen: dict[str, int] = defaultdict(int)
    for role, amount_fen, _said in lines:
        fen[role] += amount_fen
    said = "\n".join(sorted(json.dumps(said, ensure_ascii=False) for _role, _fen, said in lines))
    return {
        "lines": len(lines),
        "fen": dict(sorted(fen.items())),
        "sha256": hashlib.sha256(said.encode()).hexdigest(),
    }
