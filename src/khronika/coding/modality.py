"""Whether what a trigger tells happened: negated, denied, attempted, threatened, planned, possible.

`judge` walks from the trigger up to the root of its sentence and reads each governing word. What is
demanded, asked, supposed or negated is no act: None.
"""

from spacy.tokens import Token

from khronika.coding.clauses import FOIL, is_verb, passive
from khronika.coding.negation import ATTEMPT_NOUNS, negation, steps
from khronika.coding.parsed import quotations, sentence_of
from khronika.model.acts import Modality

DENY = frozenset({"deny", "reject", "refute", "dispute", "contest", "dismiss", "disavow", "rebut"})
ATTEMPT = frozenset({"try", "attempt", "seek", "bid", "endeavour"})
THREATEN = frozenset({"threaten", "menace"})
PLAN = frozenset(
    "plan intend prepare schedule announce decide agree vow pledge promise propose want aim "
    "mean set expect due undertake consider contemplate".split()
)
PLAN_NOUNS = frozenset(
    "plan intention proposal decision preparation plot conspiracy scheme intent".split()
)
DEMAND = frozenset(
    "call demand urge ask request appeal require insist recommend advise encourage beg "
    "plead petition press beseech implore exhort want hope wish advocate lobby push "
    "campaign".split()
)
DEMAND_NOUNS = frozenset(
    "call demand request appeal need right ability obligation duty power authority campaign "
    "hope recommendation freedom permission mandate chance opportunity".split()
)
LISTED_DEMANDS = frozenset(lemma + "s" for lemma in DEMAND)
ORDER = frozenset({"tell", "order", "instruct", "authorise", "authorize", "empower"})
RISK = frozenset({"risk", "fear", "face", "worry", "await"})
RISK_NOUNS = frozenset("risk danger threat fear possibility prospect likelihood concern".split())
POSSIBLE_AUX = frozenset({"may", "might", "could", "can"})
FUTURE_AUX = frozenset({"will", "'ll", "shall", "wo"})
CONDITIONAL = frozenset({"if", "unless", "whether", "lest", "until"})
SPEECH = frozenset(
    "say tell state claim insist maintain assert argue add reply respond answer write "
    "report note contend stress declare announce comment explain confirm repeat believe "
    "think know warn inform assure".split()
)
ENABLE = frozenset("allow enable permit entitle empower authorise authorize let".split())
CEASE = frozenset({"fail", "refuse", "decline", "avoid", "stop", "prevent", "escape", "evade"})


NEGATIONS = frozenset({"not", "n't", "no", "never", "nothing", "nobody", "none"})


def judge(
    trigger: Token, stop_at: frozenset[int] = frozenset(), *, inverted: bool = False
) -> Modality | None:
    """The modality of what `trigger` tells, or None where it tells of nothing that was done.

    Args:
        trigger: the word that sets the act off.
        stop_at: other tokens of the trigger, which do not govern it.
        inverted: its negation tells the act ('was not let out of the country').
    """
    if called_false(trigger):
        return Modality.DENIED
    undone = trigger.head.i not in stop_at and _undone(trigger)
    if undone or any(check(trigger) for check in UNTOLD):
        return None
    if inverted:
        aux = {c.lower_ for c in trigger.children if c.dep_ == "aux"}
        return None if {"would", "have"} <= aux else Modality.OCCURRED
    says_not = any(trigger.doc[i].lower_ in NEGATIONS for i in stop_at)  # 'gave him no insulin'
    negated = None if says_not else negation(trigger)
    if negated is not None:
        past = not any(c.dep_ == "aux" and c.tag_ == "MD" for c in negated.children)
        return Modality.DENIED if past and _said_by_another(negated) else None
    return _upwards(trigger, stop_at)


def _upwards(trigger: Token, stop_at: frozenset[int]) -> Modality | None:
    """What the words above a trigger make of it."""
    found = Modality.OCCURRED
    child = trigger
    for above in [trigger, *trigger.ancestors]:
        if above.i in stop_at:  # 'asked for asylum': the rest of the trigger, judged by itself
            break
        if above == trigger and any(c.i in stop_at and c.dep_ == "aux" for c in trigger.children):
            continue  # 'may not leave the country' as a whole tells it
        verdict = _at(above, child, trigger)
        if verdict == "none":
            return None
        if verdict is not None and found is Modality.OCCURRED:
            found = Modality(verdict)
        if above != trigger and _stops(child):
            break
        child = above
    return found


def _stops(child: Token) -> bool:
    """A relative clause, or one joined by 'and', is not governed by what governs its head."""
    if child.dep_ == "acl" and child.tag_ in ("VBG", "VBN"):
        return True  # 'concern over the ruling acquitting them'
    purpose = child.tag_ == "VB" and any(c.lower_ == "to" for c in child.children)
    return child.dep_ in ("relcl", "advcl") and not _conditional(child) and not purpose


def _at(above: Token, child: Token, trigger: Token) -> str | None:
    """What one word on the way up says: a modality, "none", or nothing."""
    lemma = above.lemma_.lower()
    if above == trigger or above.dep_ == "conj" or is_verb(above):
        by_aux = _auxiliary(above, trigger)
        if by_aux is not None and (above == trigger or _shares(child)):
            return by_aux
    if above == trigger:
        return _adjective(above)
    if _conditional(child) or (is_verb(child) and _conditional(above) and _shares(child)):
        return "none"
    if _listed_demand(above, child) or _dreaded(above, child):
        return "none"
    if is_verb(above):
        return _purpose(above, child) or _verb_above(above, child, lemma)
    if child.dep_ == "xcomp" and child.tag_ == "VB" and above.pos_ in ("ADJ", "ADV"):
        return EXPECTED.get(lemma)
    return _noun_above(child, lemma)


# 'is due to open on Monday', 'is about to be sent back', 'is likely to be extradited'
EXPECTED = {
    **dict.fromkeys(("due", "set", "about", "ready", "scheduled", "poised", "bound"), "planned"),
    **dict.fromkeys(("likely", "liable", "able"), "possible"),
    **dict.fromkeys(("free", "unlikely", "unable", "willing", "unwilling", "eager"), "none"),
}

AFRAID = frozenset(
    "afraid scared frightened terrified wary worried anxious fearful immune safe capable "
    "incapable thought idea notion".split()
)


def _dreaded(above: Token, child: Token) -> bool:
    """'afraid of being arrested', 'the thought of being beaten'."""
    return child.dep_ in ("prep", "pcomp") and above.lemma_.lower() in AFRAID


def _purpose(above: Token, child: Token) -> str | None:
    """'foiled a plot to kidnap', 'hatched a plan to close': the infinitive goes with the noun."""
    if child.dep_ not in ("advcl", "xcomp") or child.tag_ != "VB":
        return None
    for noun in above.children:
        if noun.dep_ in ("dobj", "nsubjpass") and noun.i < child.i:
            lemma = noun.lemma_.lower()
            if lemma in ATTEMPT_NOUNS or (lemma in PLAN_NOUNS and above.lemma_ in FOIL):
                return "attempted"
            if lemma in PLAN_NOUNS and lemma != "decision":
                return "planned"
    return None


def _listed_demand(above: Token, child: Token) -> bool:
    """'Calls on the government to free ...', 'Urges ...': a list of demands, tagged as nouns."""
    return (
        above.lower_ in LISTED_DEMANDS
        and above.dep_ == "ROOT"
        and child.dep_ in ("advcl", "xcomp", "ccomp", "acl", "relcl")
        and any(c.lower_ == "to" and c.dep_ == "aux" for c in child.children)
    )


def _verb_above(above: Token, child: Token, lemma: str) -> str | None:
    if child.dep_ not in COMPLEMENTS:
        return None
    if lemma in DENY:
        return "denied" if negation(above) is None else None
    if lemma in THREATEN:
        return "threatened" if child.dep_ != "dobj" else None
    if child.dep_ in ("xcomp", "dobj") and lemma in ATTEMPT:
        return "attempted"
    if child.tag_ == "VB" and _attempt_made(above):
        return "attempted"
    return _asked(above, child, lemma) or _expected(above, child, lemma)


COMPLEMENTS = frozenset({"xcomp", "ccomp", "dobj", "pcomp", "prep", "nsubjpass", "obj", "advcl"})


def _attempt_made(verb: Token) -> bool:
    """'an attempt was made to kidnap her', where the infinitive hangs on the verb."""
    return any(
        c.dep_ in ("nsubjpass", "dobj") and c.lemma_.lower() in ATTEMPT_NOUNS for c in verb.children
    )


def _asked(above: Token, child: Token, lemma: str) -> str | None:
    """What is demanded, ordered of others or left undone is no act."""
    if child.dep_ in ("xcomp", "ccomp", "prep") and lemma in DEMAND and _prospective(child):
        return "none"
    if child.dep_ in ("dobj", "nsubjpass") and lemma in ("demand", "request", "seek", "urge"):
        return "none"
    if child.dep_ == "xcomp" and lemma in ORDER and passive(above) and not passive(child):
        return "none"  # 'were told to arrest him'; 'was ordered to be held' tells it
    if lemma in ENABLE and child.dep_ in ("xcomp", "ccomp") and child.tag_ == "VB":
        return "none"  # 'the law allows police to search homes'
    return "none" if child.dep_ == "xcomp" and lemma in CEASE else None


def _expected(above: Token, child: Token, lemma: str) -> str | None:
    """What is planned, scheduled, feared or risked."""
    if child.dep_ == "xcomp" and lemma in PLAN and not passive_order(above):
        return "planned"
    if child.dep_ == "xcomp" and lemma == "be" and child.tag_ in ("VB", "VBN"):
        return "planned"  # 'he was to be tried in September'
    if child.dep_ in ("dobj", "nsubjpass") and lemma in SCHEDULE:
        ahead = any(
            c.dep_ == "prep" and c.lower_ == "for" for c in (*above.children, *child.children)
        )
        known = lemma == "announce" and child.dep_ == "nsubjpass" and not ahead
        return None if known else "planned"  # 'the dismissal was announced on Monday'
    if child.dep_ in ("dobj", "ccomp", "xcomp", "pcomp") and lemma in RISK - {"face"}:
        return "possible"
    return None


SCHEDULE = frozenset({"plan", "schedule", "announce", "prepare", "propose", "postpone"})


def passive_order(verb: Token) -> bool:
    """'was set free' and 'decided to close' look alike to `PLAN`; only the infinitive plans."""
    return verb.lemma_ == "set" and not any(c.dep_ == "auxpass" for c in verb.children)


def _noun_above(child: Token, lemma: str) -> str | None:
    if child.dep_ not in ("acl", "prep", "pobj", "ccomp", "pcomp", "relcl"):
        return None
    if lemma in DEADLINES and child.tag_ == "VB":
        return "none"  # 'has ten days to appeal', 'gave her 48 hours to leave'
    if child.dep_ == "relcl":
        return None
    if lemma in ATTEMPT_NOUNS:
        return "attempted"
    if lemma in RISK_NOUNS:
        return "threatened" if lemma == "threat" and child.dep_ != "acl" else "possible"
    if lemma in PLAN_NOUNS and lemma != "decision":
        return "planned"
    if lemma in DEMAND_NOUNS and child.dep_ in ("acl", "prep"):
        return "none"
    return None


def _prospective(child: Token) -> bool:
    """'urged them to release her', 'called for the release of', not 'asked why they arrested'."""
    if child.dep_ == "prep":
        return child.lower_ in ("for", "on", "against")
    if child.dep_ == "xcomp":
        return True
    marks = {c.lower_ for c in child.children if c.dep_ in ("mark", "aux")}
    return child.tag_ == "VB" or bool(marks & {"to", "should", "must", "be"})


def _auxiliary(verb: Token, trigger: Token) -> str | None:
    words = {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}
    if words & POSSIBLE_AUX:
        # 'could not', 'can be seen' of a state; 'could' before 'have' supposes what was not
        return "possible"
    if words & {"should", "must", "ought"}:
        return "none"
    if "would" in words and not _reported(verb):
        return "none"
    if words & FUTURE_AUX or words & {"would"}:
        return "threatened" if _told_to_you(verb) else "planned"
    if verb.lower_ == "going" and trigger != verb:
        return "planned"
    return None


def foretold(trigger: Token) -> bool:
    """'they will bury him', 'he would be shot': said of the future, with an auxiliary."""
    verb = trigger
    while verb.dep_ == "conj" and is_verb(verb.head):
        verb = verb.head
    return any(c.dep_ == "aux" and c.lower_ in FUTURE_AUX | {"would"} for c in verb.children)


def _told_to_you(verb: Token) -> bool:
    """'We will take your son', said to whom it concerns; a plan speaks of others."""
    spoken = any(above.lemma_.lower() in SPEECH for _, above in steps(verb))
    if spoken and any(t.lower_ in ("you", "your", "yours", "next") for t in verb.subtree):
        return True
    return _told_to_them(verb)


# 'told me that they would take my licence': whom it is said to, and the pronouns for them.
OWN_WORDS = {
    "me": {"i", "me", "my"}, "us": {"we", "us", "our"}, "him": {"he", "him", "his"},
    "her": {"she", "her"}, "them": {"they", "them", "their"},
}  # fmt: skip
WARN = frozenset({"tell", "warn", "promise", "assure", "inform", "caution", "remind"})


def _own_words(heard: Token) -> set[str]:
    many = OWN_WORDS["them"] if heard.tag_ in ("NNS", "NNPS") else {*OWN_WORDS["him"], "she", "her"}
    return OWN_WORDS.get(heard.lower_, many)


def _told_to_them(verb: Token) -> bool:
    """'An officer told her that she would be arrested': what one tells those it concerns."""
    for child, above in steps(verb):
        if child.dep_ == "ccomp" and above.lemma_.lower() in WARN:
            heard = [c for c in above.children if c.dep_ in ("dobj", "dative", "nsubjpass")]
            theirs = {t.lower_ for t in verb.subtree}
            return any(theirs & _own_words(c) for c in heard)
        if is_verb(above) and child.dep_ != "conj":
            return False
    return False


def _reported(verb: Token) -> bool:
    """True if the verb stands in what somebody said: 'said that he would appeal'."""
    return any(
        child.dep_ == "ccomp" and above.lemma_.lower() in SPEECH | THREATEN | PLAN
        for child, above in steps(verb)
    )


def _adjective(noun: Token) -> str | None:
    """'attempted murder', 'planned protest', 'alleged' says nothing, 'possible arrest'."""
    if is_verb(noun):
        return None
    words = {c.lower_ for c in noun.children if c.dep_ in ("amod", "compound")}
    for modality, cues in ADJECTIVES.items():
        if words & cues:
            return modality
    return None


ADJECTIVES = {
    "attempted": frozenset({"attempted", "foiled", "failed", "abortive"}),
    "planned": frozenset({"planned", "upcoming", "forthcoming", "scheduled", "proposed"}),
    "possible": frozenset({"possible", "potential", "imminent", "likely"}),
    "threatened": frozenset({"threatened"}),
}


def _shares(child: Token) -> bool:
    """A conjunct or an open complement shares the auxiliaries of the verb above it."""
    purpose = child.dep_ == "advcl" and child.tag_ == "VB"
    shared = ("conj", "xcomp", "dobj", "nsubjpass", "nsubj", "prep", "pobj", "attr")
    return purpose or child.dep_ in shared


def _conditional(verb: Token) -> bool:
    return verb.dep_ == "advcl" and any(
        c.dep_ == "mark" and c.lower_ in CONDITIONAL for c in verb.children
    )


LIFT = frozenset("lift overturn end quash annul drop scrap repeal rescind reverse cancel".split())
DEADLINES = frozenset("day week month hour time deadline year minute".split())


def _undone(trigger: Token) -> bool:
    """A ban that was lifted, a designation that was annulled: the noun tells no new act."""
    above = trigger.head
    if is_verb(trigger) or above.lemma_.lower() not in LIFT:
        return False
    return trigger.dep_ in ("dobj", "nsubjpass", "nsubj")


CLAIMS = frozenset(
    "claim allegation report rumour rumor story assertion accusation suggestion statement"
    " tale".split()
)
FALSE = frozenset(
    "invention lie fabrication fiction nonsense fantasy fake falsehood slander hoax fairy tale"
    " false untrue baseless unfounded groundless untruthful fabricated invented absurd".split()
)


def called_false(trigger: Token) -> bool:
    """'Claims that she was beaten are lies', 'called the story of the beating a fairy tale'."""
    for child, above in steps(trigger):
        if above.lemma_.lower() in CLAIMS and child.dep_ in ("acl", "ccomp", "relcl", "prep"):
            verb = above.head
            words = [t for c in verb.children if c.dep_ in PREDICATES for t in (c, *c.children)]
            return is_verb(verb) and any(t.lemma_.lower() in FALSE for t in words)
    return False


PREDICATES = frozenset({"attr", "acomp", "oprd", "ccomp", "xcomp", "dobj"})


def _wished(trigger: Token) -> bool:
    """An imperative ('Release her!') or a subjunctive ('that she be released')."""
    if not is_verb(trigger):
        return False
    labels = {c.dep_ for c in trigger.children}
    aux = {c.lower_ for c in trigger.children if c.dep_ == "aux"}
    if (
        trigger.dep_ == "ROOT"
        and trigger.tag_ == "VB"
        and not labels & {"nsubj", "nsubjpass", "aux"}
    ):
        return True
    bare = any(c.dep_ == "auxpass" and c.lower_ == "be" for c in trigger.children)
    if trigger.head.lemma_ in ("order", "rule", "decide", "decree", "direct"):
        return False  # 'the court ordered that the site be blocked'
    return bare and not aux and trigger.dep_ in ("ccomp", "conj", "advcl", "ROOT")


def _withdrawn(trigger: Token) -> bool:
    """What a correction withdraws, and what only its subject names ('closing it would ...')."""
    if trigger.dep_ == "csubj" and trigger.tag_ == "VBG":
        return True
    words = {t.lower_ for t in sentence_of(trigger)}
    return bool(words & {"earlier", "previous", "original"}) and bool(
        words & {"version", "edition"}
        and words & {"article", "report", "story", "note", "text", "said"}
    )


def _question(trigger: Token) -> bool:
    sentence = sentence_of(trigger)
    return len(sentence) > 0 and sentence[-1].text == "?" and "said" not in sentence.text


def _generic(trigger: Token) -> bool:
    """'those who organise rallies', 'anyone who leaks': whoever may do so, nobody who did."""
    for verb in [trigger, *trigger.ancestors]:
        if verb.dep_ == "relcl" and verb.head.lower_ in GENERIC:
            if verb.head.lower_ in ANYONE:
                return True
            tense = {verb.tag_, *(c.tag_ for c in verb.children if c.dep_ in ("aux", "auxpass"))}
            return bool(tense & {"VBP", "VBZ", "MD"}) and "VBN" not in tense
        if verb != trigger and is_verb(verb) and verb.dep_ in ("ccomp", "advcl", "ROOT"):
            return False
    return False


ANYONE = frozenset({"anyone", "anybody", "whoever"})
GENERIC = ANYONE | {"those", "everyone", "everybody", "person", "one"}


def _never_told(trigger: Token) -> bool:
    """'before she could be arrested', 'without being charged', 'instead of being freed'."""
    for child, above in steps(trigger):
        if child.dep_ == "pcomp" and above.lower_ in ("without", "instead"):
            return True
        if child.dep_ == "pobj" and above.lower_ in ("without", "against"):
            return above.lower_ == "without"
        if is_verb(above) and child.dep_ != "conj":
            break
    return False


def _said_by_another(negated: Token) -> bool:
    """True if the negated clause is what somebody says; whether the accused is for the caller."""
    for child, above in steps(negated):
        if child.dep_ in ("relcl", "advcl", "acl"):
            return False
        if child.dep_ == "ccomp" and above.lemma_.lower() in SPEECH | DENY:
            return True
    return any(start <= negated.i < end for start, end in quotations(negated.doc))


# Each says of a trigger that its sentence tells of nothing done.
UNTOLD = (_question, _never_told, _withdrawn, _generic, _wished)
