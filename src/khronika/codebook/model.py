"""What a codebook holds: kinds of act, the ways to say them, their examples, classes of words."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence and the act that a coder must find in it (or, a counter-example, must not).

    Only what is given is checked: no `victims` means that victims are not checked. Every name in
    an example is invented.
    """

    text: str
    modality: str = "occurred"
    victims: tuple[str, ...] = ()
    perpetrators: tuple[str, ...] = ()
    interveners: tuple[str, ...] = ()
    addressees: tuple[str, ...] = ()
    penalty: str = ""
    because: str = ""  # of a counter-example: why it is no such act
    language: str = "en"  # ISO 639-1; the coder of that language must find it


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to say a kind of act.

    A verb way is set off by `verbs`, a nominal way by `nouns`, a fixed turn by `phrases`.

    Each entry of `verbs` is a lemma, optionally followed by lemmas that must stand below the verb
    in the same clause, in this order, alternatives parted by a bar: "take into custody|detention",
    "break into", "lead away", "put|place under house arrest". Each entry of `nouns` is a noun
    lemma, with modifiers before it where they are needed: "criminal case", "arrest warrant". Each
    entry of `phrases` is a run of words, matched by lemma or by form, in a clause: "behind bars".

    `subject`, `object`, `indirect` name the role (victim, perpetrator, intervener, addressee, what,
    penalty, reason, place) that the deep subject, the deep object and the dative fill (passives are
    undone). `prepositions` maps a preposition to a role. For nouns: `of`, `by`, `possessor`,
    `compound` name the roles of 'the arrest of X', 'arrest by X', "X's arrest", 'X arrest'.
    "" gives no role.

    `object_is`, `subject_is` name classes or lemmas of which the filler must be one. A verb way
    with `object_is` needs its object; one with `subject_is` needs its subject unless the verb is
    passive. `object_not` and `subject_not` forbid. `owner`: the object stands for its owner, who
    fills the role ("searched her flat": she is the victim). `clause`: one of these lemmas must
    stand in the clause. `unless`: none of them may stand in the clause.
    `sentence`: one of these must stand anywhere in the sentence. `nearby`: one of these must stand
    in the sentence, the one before or the one after. `negated`: the verb tells the act
    where it is negated ("gave him no insulin", "was not let out of the country"), and only there.
    `after`: kinds of which an earlier telling about the same victim must stand near ("left him in a
    field" is a release after a kidnapping). `abroad`: the clause must name a country or a town to
    go to or to leave ("left for Georgia").
    `modality` overrides what the clause says ("attempted", "planned", "possible").
    `eventive`: a noun that tells an act by itself ("the arrest"); otherwise it needs a filled role
    and a verb that says that it happened ("was subjected to", "faced", "took place").

    `language` (ISO 639-1) is that of the words; only the coder of that language looks for them.
    A language that declines is written as it is spoken ("взять под стражу"); its coder compares
    lemmas. `of` is then the genitive, `by` the agent in the instrumental, `indirect` the dative,
    and a preposition may be of several words ("в отношении").

    `own` is true of a way from a user's file; of patterns of one length it is tried first.
    """

    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    subject: str = ""
    object: str = ""
    indirect: str = ""
    prepositions: Mapping[str, str] = field(default_factory=dict)
    of: str = ""
    by: str = ""
    possessor: str = ""
    compound: str = ""
    subject_is: tuple[str, ...] = ()
    subject_not: tuple[str, ...] = ()
    object_is: tuple[str, ...] = ()
    object_not: tuple[str, ...] = ()
    owner: bool = False
    clause: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    sentence: tuple[str, ...] = ()
    nearby: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    abroad: bool = False
    modality: str = ""
    negated: bool = False
    eventive: bool = False
    language: str = "en"
    passive_only: bool = False
    active_only: bool = False
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of act: what it is, what it is not, what others call it, how it is said."""

    id: str
    label: str
    group: str
    definition: str
    is_not: str
    esf: str  # HURIDOCS micro-thesaurus term
    plover: str  # PLOVER event, and mode after a colon
    rights: tuple[str, ...]  # "UDHR 9", "ICCPR 9"
    intervention: bool = False  # its doer is an intervener, not a perpetrator
    severity: int = 1  # 1 to 5, for the order of review
    follows: tuple[str, ...] = ()  # kinds it commonly follows in a chain: sentence follows trial
    ways: tuple[Way, ...] = ()
    examples: tuple[Example, ...] = ()
    counterexamples: tuple[Example, ...] = ()

    @property
    def languages(self) -> frozenset[str]:
        """The languages that it has ways in."""
        return frozenset(way.language for way in self.ways)


@dataclass(frozen=True, slots=True, kw_only=True)
class Codebook:
    """Kinds by id, classes of words by name, and the digest of the files they came from.

    `classes` are English; `classes_in` holds those of each other language that has any.
    """

    kinds: Mapping[str, Kind]
    classes: Mapping[str, frozenset[str]]  # "building": {"flat", "house", ...}
    digest: str
    classes_in: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that any kind has ways in, English first."""
        found = {language for kind in self.kinds.values() for language in kind.languages}
        return tuple(sorted(found, key=lambda language: (language != "en", language)))
