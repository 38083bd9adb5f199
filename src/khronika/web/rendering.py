"""Templates: one environment a language, so that a template knows its words."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from jinja2.bccache import Bucket

from khronika.model.acts import Modality, Role
from khronika.review.priority import Sort
from khronika.web.language import LANGUAGES, N_, Language

MODALITIES = {
    Modality.OCCURRED: N_("occurred"),
    Modality.ATTEMPTED: N_("attempted"),
    Modality.THREATENED: N_("threatened"),
    Modality.PLANNED: N_("planned"),
    Modality.POSSIBLE: N_("possible"),
    Modality.DENIED: N_("denied"),
}
ROLES = {
    Role.VICTIM: N_("victim"),
    Role.PERPETRATOR: N_("perpetrator"),
    Role.ALLEGED_PERPETRATOR: N_("alleged perpetrator"),
    Role.INTERVENER: N_("intervener"),
    Role.ADDRESSEE: N_("addressee"),
    Role.SIGNATORY: N_("signatory"),
    Role.SOURCE: N_("source"),
}
SORTS = {  # of items that wait for review
    Sort.RULING: N_("Rulings on what is gone"),
    Sort.CONTRADICTION: N_("Contradictions"),
    Sort.INCIDENTS: N_("Incidents that may be one"),
    Sort.ACTORS: N_("Actors that may be one"),
    Sort.ACT: N_("Acts"),
}
ACTOR_TYPES = {
    "person": N_("person"),
    "organisation": N_("organisation"),
    "authority": N_("authority"),
    "group": N_("group"),
    "country": N_("country"),
}
ATTRIBUTES = {
    "when": N_("when"),
    "where": N_("where"),
    "victim_count": N_("number of victims"),
    "victims": N_("victims"),
    "perpetrator": N_("alleged perpetrator"),
    "perpetrator_count": N_("number of alleged perpetrators"),
    "penalty": N_("penalty"),
    "kind": N_("kind"),
    "occurrence": N_("whether it happened"),
    "age": N_("age"),
    "what": N_("what"),
    "reason": N_("reason"),
    "demands": N_("demands"),
    "response": N_("response"),
}


class _Memory(BytecodeCache):
    """Compiles a template once for all languages."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Take what another environment compiled."""
        if (kept := self._kept.get(bucket.key)) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep it for the other environments."""
        self._kept[bucket.key] = bucket.bytecode_to_string()


COMPILED = _Memory()


@cache
def environment(language: Language) -> Environment:
    """The templates, with the words, dates and numbers of a language."""
    made = Environment(
        loader=PackageLoader("khronika.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=400,
        bytecode_cache=COMPILED,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_translations(language.catalogue, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(
        lang=language,
        languages=LANGUAGES,
        date=language.date,
        instant=language.instant,
        number=language.number,
        percent=language.percent,
        country=language.country,
        language_name=language.language,
        modality_label=_labels(language, MODALITIES),
        role_label=_labels(language, ROLES),
        type_label=_labels(language, ACTOR_TYPES),
        attribute_label=_labels(language, ATTRIBUTES),
    )
    return made


def _labels(language: Language, labels: Mapping[Any, str]) -> Callable[[Any], str]:
    known = {str(getattr(key, "value", key)): label for key, label in labels.items()}

    def label(value: Any) -> str:
        key = str(getattr(value, "value", value))
        return language.say(known[key]) if key in known else key

    return label


def warm(language: Language) -> None:
    """Compile every template, so that the first page is as quick as the next."""
    made = environment(language)
    for name in made.list_templates(extensions=["html"]):
        made.get_template(name)
