"""Denials that name their act in passing or not at all.

'The ministry called the story a fairy tale.' 'The army denies it.' 'Nobody was struck.' A denial
stands in the incident of what it denies. So each is read as: who denies, about what sort of thing,
and which telling before it that can be.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span, Token

from khronika.codebook.model import Way
from khronika.coding.arguments import Filled
from khronika.coding.attribution import speakers
from khronika.coding.cast import Filler
from khronika.coding.clauses import Arguments, is_verb, surface_subjects
from khronika.coding.lexicon import Entry
from khronika.coding.modality import CLAIMS, FALSE
from khronika.coding.negation import negation
from khronika.coding.parsed import ParsedUnit, quotations, sentence_of
from khronika.coding.telling import Draft, Reader, in_common
from khronika.coding.triggers import Candidate
from khronika.model.acts import ActorType, Modality, Role

HELD = frozenset({"arrest", "kidnapping", "enforced-disappearance"})
HURT = frozenset({"torture", "assault", "sexual-violence"})
SENT = frozenset({"deportation"})
# Which kinds of act a word of a denial can be about.
ABOUT: dict[str, frozenset[str]] = {
    **dict.fromkeys(
        "hold take detain arrest custody seize abduct abduction kidnap kidnapping disappearance "
        "disappear disappeared detention pick whereabouts prisoner detainee".split(),
        HELD,
    ),
    **dict.fromkeys(
        "beat strike touch hit harm torture ill-treat mistreat ill-treatment mistreatment abuse "
        "violence force hand hair attack assault blow beating lay maltreat".split(),
        HURT,
    ),
    **dict.fromkeys(
        "kill shoot murder killing death die shooting assassination fire".split(),
        frozenset({"killing"}),
    ),
    **dict.fromkeys("rape raped".split(), frozenset({"sexual-violence"})),
    **dict.fromkeys("block blocking".split(), frozenset({"blocking"})),
    **dict.fromkeys("deport expel expulsion deportation pushback refoulement".split(), SENT),
    **dict.fromkeys("tap eavesdrop spy surveillance".split(), frozenset({"surveillance"})),
    **dict.fromkeys("threaten threat".split(), frozenset({"threat"})),
    **dict.fromkeys(
        "doctor medicine treatment care medication".split(), frozenset({"denial-of-care"})
    ),
    **dict.fromkeys("search raid searching".split(), frozenset({"search"})),
    **dict.fromkeys("censor censorship".split(), frozenset({"censorship"})),
}
# What officials say happened instead.
INSTEAD: dict[str, frozenset[str]] = {
    **dict.fromkeys("illness suicide heart natural succumb hanged".split(), frozenset({"killing"})),
    **dict.fromkeys("accord volition voluntarily willingly".split(), SENT | HELD),
    **dict.fromkeys("trip slip fall stairs stair tumble".split(), HURT),
}
DENYING = frozenset("deny refute disavow rebut disclaim repudiate".split())
REJECTING = frozenset("reject dismiss dispute contest".split())
REFUSED = frozenset(
    "entry access bail visa request application appeal permission asylum treatment care service "
    "motion petition bill permit registration medicine insulin right admission food".split()
)
DISOWNED = CLAIMS | frozenset(
    "it this that these everything everyone all them involvement responsibility part role "
    "knowledge wrongdoing charge link complicity account having".split()
)
POINTING = frozenset("it this that these those all everything they nothing".split())
NEGATIVE = frozenset("no not never nobody none neither nor nothing n't".split())
# Acts that nobody accuses anybody of, and that courts and registers have on record.
ON_RECORD = frozenset(
    "charge trial sentence release acquittal extradition-request wanted-listing exile "
    "asylum-application asylum-refusal asylum-grant amnesty-or-pardon restrictive-law "
    "membership-suspension forced-designation exclusion-from-register".split()
)
REACH = 12  # tellings back that a denial may answer
AT_ONCE = 3  # tellings back for one that does not say what it denies


@dataclass(frozen=True, slots=True, kw_only=True)
class Cue:
    """The word that denies, what it can be about (nothing: whatever was just told), its words."""

    head: Token
    kinds: frozenset[str]
    name: str


def find_denials(
    there: list[Draft], made: Sequence[Draft], unit: ParsedUnit, reader: Reader
) -> list[Draft]:
    """The tellings of a unit with the denials that no way of the codebook tells.

    Args:
        there: the tellings of the unit.
        made: the tellings of earlier units.
        unit: the unit.
        reader: what the coder knows of the report.

    Returns:
        The tellings, the denials among them in the order of the text.
    """
    for sentence in unit.doc.sents:
        inside = [d for d in there if sentence.start <= d.candidate.head.i < sentence.end]
        quoted = _quoted(sentence)
        first, last = min(quoted.start, sentence.start), max(quoted.end, sentence.end)
        heads = [d.candidate.head.i for d in there if d.modality is Modality.DENIED]
        if any(first <= i < last for i in heads):
            continue
        for cue in _cues(sentence):
            denial = _denial(cue, [*made, *there], unit, reader)
            if denial is not None:
                told = {d.candidate.head.i for d in inside if d.kind in cue.kinds}
                there = [d for d in there if d.candidate.head.i not in told]
                there.append(denial)
                break
    return sorted(there, key=lambda d: d.candidate.head.i)


def _cues(sentence: Span) -> Iterator[Cue]:
    lemmas = [t.lemma_.lower() for t in sentence]
    about = _about([t.lemma_.lower() for t in _quoted(sentence)], ABOUT)
    for token, lemma in zip(sentence, lemmas, strict=True):
        if lemma in DENYING | REJECTING and is_verb(token) and _denies(token, lemma):
            yield Cue(head=token, kinds=about, name="denies")
        elif lemma in FALSE and _of_claim(token, lemmas):
            yield Cue(head=token, kinds=about, name="calls it false")
        elif lemma in ABOUT and _says_no(token):
            yield Cue(head=token, kinds=_about([lemma], ABOUT) | about, name="negates")
        elif lemma in INSTEAD:
            yield Cue(head=token, kinds=INSTEAD[lemma], name="says what happened instead")


def _quoted(sentence: Span) -> Span:
    """The whole quotation that a sentence stands in: '"These are tales. Nobody was struck."'."""
    for start, end in quotations(sentence.doc):
        if start <= sentence.start + 1 and sentence.end <= end + 1:
            return sentence.doc[start:end]
    return sentence


def _about(lemmas: Sequence[str], table: dict[str, frozenset[str]]) -> frozenset[str]:
    found: frozenset[str] = frozenset()
    for lemma in lemmas:
        found |= table.get(lemma, frozenset())
    return found


def _denies(verb: Token, lemma: str) -> bool:
    """'denies it', 'denied that', 'rejected any part in', not 'denied her bail'."""
    if negation(verb) is not None or verb.dep_ in ("pcomp", "advcl", "amod"):
        return False  # 'despite Russia denying these claims'
    objects = [c for c in verb.children if c.dep_ in ("dobj", "obj", "attr")]
    words = {t.lemma_.lower() for o in objects for t in (o, *o.children)}
    if words & REFUSED:
        return False
    if words & DISOWNED or any(t.lemma_.lower() in ABOUT for o in objects for t in o.subtree):
        return True
    clause = [c for c in verb.children if c.dep_ in ("ccomp", "xcomp", "pcomp")]
    known = any(t.lemma_.lower() in ABOUT for c in clause for t in c.subtree)
    return known and lemma in DENYING


def _of_claim(token: Token, lemmas: Sequence[str]) -> bool:
    """'called the story a fairy tale', 'These are lies', 'talk of torture is fabricated'."""
    if token.dep_ in ("amod", "compound") and token.head.lemma_.lower() not in FALSE:
        return False
    said = any(lemma in CLAIMS or lemma in ("talk", "video", "accusation") for lemma in lemmas)
    return said or any(lemma in POINTING for lemma in lemmas)


def _says_no(token: Token) -> bool:
    """'nobody was struck', 'not one case of disappearance', 'no information on any abduction'."""
    if is_verb(token) and negation(token) is not None:
        return True
    chain = [token, *token.ancestors][:4]
    for above in chain:
        if any(c.lower_ in NEGATIVE for c in (*above.children,)):
            return True
        if is_verb(above):
            nouns = [n for n in above.children if n.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")]
            return any(n.lower_ in NEGATIVE or _no(n) for n in nouns)
    return False


def _no(noun: Token) -> bool:
    below = [d for c in noun.children for d in (c, *c.children)]
    return any(d.lower_ in NEGATIVE for d in below)


def _denial(cue: Cue, before: Sequence[Draft], unit: ParsedUnit, reader: Reader) -> Draft | None:
    said = _deniers(cue, unit, reader)
    if not said:
        return None
    target = _denied(cue, [d for d in before if _earlier(d, unit, cue)], said, reader)
    if target is None:
        return None
    entry = Entry(
        kind=target.candidate.entry.kind, way=Way(), rule=f"{target.kind}/denial/{cue.name}"
    )
    candidate = Candidate(
        unit=unit.index, head=cue.head, entry=entry, matched=(cue.head,), arguments=Arguments()
    )
    actors = {
        role: list(target.filled.actors.get(role, [])) for role in (Role.VICTIM, Role.PERPETRATOR)
    }
    return Draft(
        candidate=candidate,
        modality=Modality.DENIED,
        filled=Filled(actors=actors),
        said_by=said,
    )


def _earlier(draft: Draft, unit: ParsedUnit, cue: Cue) -> bool:
    where = draft.candidate
    return (where.unit, where.head.i) < (unit.index, sentence_of(cue.head).start)


def _deniers(cue: Cue, unit: ParsedUnit, reader: Reader) -> list[Filler]:
    """Whoever denies, if it is for them to deny: an authority, an official, who is accused."""
    said = speakers(unit, cue.head, reader.cast)
    open_denial = cue.name in ("denies", "calls it false")
    if not said and open_denial:
        verb = next((t for t in (cue.head, *cue.head.ancestors) if is_verb(t)), None)
        subjects = surface_subjects(verb)[0] if verb is not None else ()
        said = [f for t in subjects for f in reader.cast.fillers(unit.index, t)]
    if open_denial:
        return [f for f in said if f.name.lower() not in ("it", "this", "these", "that")]
    return said if any(_official(f, reader) for f in said) else []


def _official(filler: Filler, reader: Reader) -> bool:
    known = filler.type in (ActorType.AUTHORITY, ActorType.COUNTRY)
    words = filler.name.lower().split()
    return known or reader.official(filler) or (bool(words) and words[-1] in SPEAKING_FOR)


SPEAKING_FOR = frozenset(
    "office service police army ministry administration director commander station prison colony "
    "embassy mission consulate force guard television company hospital directorate agency "
    "spokesman spokeswoman spokesperson governor command headquarters bureau".split()
)


def _accused(draft: Draft, said: Sequence[Filler], reader: Reader) -> bool:
    """A person denies only what they are accused of or speak for; a body may answer for anybody."""
    doers = draft.filled.actors.get(Role.PERPETRATOR, [])
    return any(
        f.type is not ActorType.PERSON or _official(f, reader) or in_common([f], doers)
        for f in said
    )


def _denied(
    cue: Cue, before: Sequence[Draft], said: Sequence[Filler], reader: Reader
) -> Draft | None:
    """The nearest telling before it that it can be about."""
    reach = REACH if cue.kinds else AT_ONCE
    for draft in reversed(before[-reach:]):
        if draft.modality not in (Modality.OCCURRED, Modality.ATTEMPTED):
            continue
        kind = draft.candidate.entry.kind
        may = kind.id in cue.kinds if cue.kinds else not (kind.intervention or kind.id in ON_RECORD)
        theirs = in_common(draft.victims(), said)
        if may and draft.victims() and not theirs and _accused(draft, said, reader):
            return draft
    return None
