"""What trade's endpoints answer is a contract: its keys and types are those that were written down, to the letter.

`trade_answers.json` is that contract; whoever changes it on purpose says so in the changelog.
"""

import json
from pathlib import Path
from typing import Any

from tests.api.document import document

WRITTEN = Path(__file__).with_name("trade_answers.json")
PREFIXES = (
    "/orders",
    "/offers",
    "/sessions/{session_id}/offers",
    "/lots/{lot_id}/stock",
    "/lots/{lot_id}/write-offs",
)
WORDS = {"title", "description", "default"}


def resolved(schema: Any, components: dict[str, Any]) -> Any:
    """A schema with what it refers to in place, without names and words."""
    if isinstance(schema, list):
        return [resolved(part, components) for part in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return resolved(components[schema["$ref"].rsplit("/", 1)[1]], components)
    if "properties" in schema:
        kept = {name: resolved(part, components) for name, part in schema["properties"].items()}
        return {"keys": kept, "required": sorted(schema.get("required", ()))}
    return {key: resolved(part, components) for key, part in schema.items() if key not in WORDS}


def answers() -> dict[str, Any]:
    """Each endpoint of trade with what it answers when all is well."""
    components = document()["components"]["schemas"]
    found: dict[str, Any] = {}
    for path, methods in document()["paths"].items():
        if path.startswith(PREFIXES) or path.endswith("/orders"):
            for method, operation in methods.items():
                for status, answer in operation["responses"].items():
                    if int(status) < 300:
                        schema = answer["content"]["application/json"]["schema"]
                        found[f"{method.upper()} {path} {status}"] = resolved(schema, components)
    return found


def test_trade_answers_with_the_keys_and_types_that_were_written_down() -> None:
    assert json.loads(json.dumps(answers())) == json.loads(WRITTEN.read_text(encoding="utf-8"))


def test_no_answer_of_trade_is_one_of_its_own_types() -> None:
    names = set(document()["components"]["schemas"])
    assert names & {"OrderView", "LineView", "Placed", "RefundView", "StockView", "Delivery"} == set()
    assert names >= {"OrderOut", "PlacedOut", "RefundOut", "StockOut"}
