"""The JSON schema of an answer, made from a codebook."""

from typing import Any

from khronika.codebook.model import Codebook
from khronika.model.acts import ActorType, Modality, Role

ROLES = tuple(role.value for role in Role if role is not Role.SIGNATORY)
TEXT: dict[str, Any] = {"type": "string"}


def schema_of(codebook: Codebook) -> dict[str, Any]:
    """What an answer must look like: every property is required, "" and [] stand for nothing.

    It keeps to the part of JSON Schema that servers with structured output have in common: no
    bounds, no patterns, no alternatives.
    """
    involved = _object(
        role=_one_of(*ROLES),
        name=TEXT,
        words=TEXT,
        type=_one_of(*(each.value for each in ActorType)),
    )
    act = _object(
        kind=_one_of(*codebook.kinds),
        modality=_one_of(*(each.value for each in Modality)),
        passage={"type": "integer"},
        quote=TEXT,
        trigger=TEXT,
        involved=_list(involved),
        when=_object(words=TEXT, edtf=TEXT),
        where=_list(TEXT),
        what=TEXT,
        reason=TEXT,
        penalty=TEXT,
        demands=_list(TEXT),
    )
    return _object(acts=_list(act))


def _object(**properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _one_of(*words: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(words)}
