"""English inflection as a table: the forms of a verb or noun, so that a tagger cannot lose them.

A small tagger lemmatises "fined" as "fin" and calls "dismissed" an adjective. Triggers are found by
form instead: every form of every verb and noun of a codebook, made from the rules of English
spelling and a table of irregular verbs.
"""

VOWELS = "aeiou"

# lemma: (past, past participle); from any grammar of English
IRREGULAR = {
    "be": ("was", "been"), "beat": ("beat", "beaten"), "become": ("became", "become"),
    "begin": ("began", "begun"), "bind": ("bound", "bound"), "bite": ("bit", "bitten"),
    "blow": ("blew", "blown"), "break": ("broke", "broken"), "bring": ("brought", "brought"),
    "burn": ("burned", "burnt"), "burst": ("burst", "burst"), "buy": ("bought", "bought"),
    "catch": ("caught", "caught"), "choose": ("chose", "chosen"), "come": ("came", "come"),
    "cut": ("cut", "cut"), "deal": ("dealt", "dealt"), "dig": ("dug", "dug"), "do": ("did", "done"),
    "draw": ("drew", "drawn"), "drive": ("drove", "driven"), "fall": ("fell", "fallen"),
    "feel": ("felt", "felt"), "fight": ("fought", "fought"), "find": ("found", "found"),
    "flee": ("fled", "fled"), "fling": ("flung", "flung"), "fly": ("flew", "flown"),
    "forbid": ("forbade", "forbidden"), "force-feed": ("force-fed", "force-fed"),
    "get": ("got", "gotten"), "give": ("gave", "given"), "go": ("went", "gone"),
    "grow": ("grew", "grown"), "hang": ("hanged", "hung"), "have": ("had", "had"),
    "hear": ("heard", "heard"), "hide": ("hid", "hidden"), "hit": ("hit", "hit"),
    "hold": ("held", "held"), "hurt": ("hurt", "hurt"), "keep": ("kept", "kept"),
    "know": ("knew", "known"), "lay": ("laid", "laid"), "lead": ("led", "led"),
    "leave": ("left", "left"), "let": ("let", "let"), "lose": ("lost", "lost"),
    "make": ("made", "made"), "meet": ("met", "met"), "outlaw": ("outlawed", "outlawed"),
    "pay": ("paid", "paid"), "put": ("put", "put"), "read": ("read", "read"),
    "ring": ("rang", "rung"), "rise": ("rose", "risen"), "run": ("ran", "run"),
    "say": ("said", "said"), "see": ("saw", "seen"), "seek": ("sought", "sought"),
    "sell": ("sold", "sold"), "send": ("sent", "sent"), "set": ("set", "set"),
    "shoot": ("shot", "shot"), "shut": ("shut", "shut"), "slay": ("slew", "slain"),
    "speak": ("spoke", "spoken"), "spend": ("spent", "spent"), "spring": ("sprang", "sprung"),
    "stand": ("stood", "stood"), "steal": ("stole", "stolen"), "stick": ("stuck", "stuck"),
    "sting": ("stung", "stung"), "strike": ("struck", "struck"), "string": ("strung", "strung"),
    "sue": ("sued", "sued"), "sweep": ("swept", "swept"), "swear": ("swore", "sworn"),
    "take": ("took", "taken"), "tear": ("tore", "torn"), "tell": ("told", "told"),
    "think": ("thought", "thought"), "throw": ("threw", "thrown"), "tie": ("tied", "tied"),
    "uphold": ("upheld", "upheld"), "wear": ("wore", "worn"), "win": ("won", "won"),
    "withdraw": ("withdrew", "withdrawn"), "withhold": ("withheld", "withheld"),
    "write": ("wrote", "written"), "overturn": ("overturned", "overturned"),
    "overrun": ("overran", "overrun"), "undergo": ("underwent", "undergone"),
    "mislead": ("misled", "misled"), "rebuild": ("rebuilt", "rebuilt"), "eject": ("ejected",) * 2,
    "bid": ("bid", "bid"), "cast": ("cast", "cast"), "broadcast": ("broadcast", "broadcast"),
    "stand trial": ("stood", "stood"), "arise": ("arose", "arisen"), "awake": ("awoke", "awoken"),
    "bear": ("bore", "borne"), "bend": ("bent", "bent"), "bleed": ("bled", "bled"),
    "build": ("built", "built"), "drag": ("dragged", "dragged"), "eat": ("ate", "eaten"),
    "freeze": ("froze", "frozen"), "overthrow": ("overthrew", "overthrown"),
    "shake": ("shook", "shaken"), "show": ("showed", "shown"), "sit": ("sat", "sat"),
    "split": ("split", "split"), "spread": ("spread", "spread"), "stab": ("stabbed",) * 2,
    "undertake": ("undertook", "undertaken"), "overtake": ("overtook", "overtaken"),
    "withstand": ("withstood", "withstood"), "forgive": ("forgave", "forgiven"),
    "drown": ("drowned",) * 2, "lie": ("lied", "lied"), "quit": ("quit", "quit"),
    "cling": ("clung",) * 2, "creep": ("crept",) * 2, "drink": ("drank", "drunk"),
    "feed": ("fed",) * 2, "forget": ("forgot", "forgotten"), "forsake": ("forsook", "forsaken"),
    "grind": ("ground",) * 2, "kneel": ("knelt", "kneeled"), "lend": ("lent",) * 2,
    "light": ("lit", "lighted"), "mean": ("meant",) * 2, "ride": ("rode", "ridden"),
    "sing": ("sang", "sung"), "sink": ("sank", "sunk"), "sleep": ("slept",) * 2,
    "slide": ("slid",) * 2, "sling": ("slung",) * 2, "smite": ("smote", "smitten"),
    "speed": ("sped", "speeded"), "spit": ("spat", "spit"), "swing": ("swung",) * 2,
    "teach": ("taught",) * 2, "tread": ("trod", "trodden"), "weep": ("wept",) * 2,
    "wind": ("wound",) * 2, "wring": ("wrung",) * 2, "shrink": ("shrank", "shrunk"),
    "foresee": ("foresaw", "foreseen"), "oversee": ("oversaw", "overseen"),
    "undo": ("undid", "undone"), "panic": ("panicked",) * 2, "dive": ("dived", "dove"),
    "foretell": ("foretold",) * 2, "retell": ("retold",) * 2, "resell": ("resold",) * 2,
    "override": ("overrode", "overridden"), "outlast": ("outlasted",) * 2,
    "manhandle": ("manhandled",) * 2, "gainsay": ("gainsaid",) * 2, "rethink": ("rethought",) * 2,
    "upend": ("upended",) * 2, "upset": ("upset",) * 2, "thrust": ("thrust",) * 2,
    "shed": ("shed",) * 2, "slit": ("slit",) * 2, "wake": ("woke", "woken"),
    "weave": ("wove", "woven"), "swell": ("swelled", "swollen"), "saw": ("sawed", "sawn"),
    "sew": ("sewed", "sewn"), "strew": ("strewed", "strewn"), "stride": ("strode", "stridden"),
    "spill": ("spilled", "spilt"), "spoil": ("spoiled", "spoilt"), "smell": ("smelled", "smelt"),
    "learn": ("learned", "learnt"), "lean": ("leaned", "leant"), "leap": ("leaped", "leapt"),
    "dream": ("dreamed", "dreamt"), "rend": ("rent",) * 2, "bereave": ("bereaved", "bereft"),
    "beset": ("beset",) * 2, "behold": ("beheld",) * 2, "befall": ("befell", "befallen"),
}  # fmt: skip

# Verbs of two and more syllables that double their last letter (stress on the last).
DOUBLING = frozenset(
    "acquit admit commit compel deter expel extradit handcuf impel kidnap omit permit rebel refer"
    " remit repel submit transfer transmit worship program label cancel travel model signal".split()
)
IRREGULAR_PLURALS = {
    "man": "men", "woman": "women", "child": "children", "person": "people", "wife": "wives",
    "life": "lives", "knife": "knives", "thief": "thieves", "crisis": "crises",
    "spokesman": "spokesmen", "policeman": "policemen",
}  # fmt: skip


def verb_forms(lemma: str) -> frozenset[str]:
    """All forms of a verb in lower case: "fine" -> fine, fines, fined, fining."""
    third = lemma + "s"
    if lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        third = lemma + "es"
    elif _consonant_y(lemma):
        third = lemma[:-1] + "ies"
    past = IRREGULAR.get(lemma) or (_regular_past(lemma),) * 2
    forms = {lemma, third, *past, _present_participle(lemma)}
    if _may_double(lemma):  # kidnaped and kidnapped, labeled and labelled, wiretapped
        forms |= {lemma + "ed", lemma + "ing", lemma + lemma[-1] + "ed", lemma + lemma[-1] + "ing"}
    forms |= AUXILIARY.get(lemma, frozenset())
    if lemma.endswith("ise"):
        forms |= verb_forms(lemma[:-3] + "ize")
    return frozenset(forms)


AUXILIARY = {"be": frozenset({"is", "are", "were", "am"}), "have": frozenset({"has"})}


def noun_forms(lemma: str) -> frozenset[str]:
    """Singular and plural of a noun in lower case."""
    if lemma in IRREGULAR_PLURALS:
        return frozenset({lemma, IRREGULAR_PLURALS[lemma]})
    if lemma.endswith(("s", "x", "z", "ch", "sh")):
        return frozenset({lemma, lemma + "es"})
    if _consonant_y(lemma):
        return frozenset({lemma, lemma[:-1] + "ies"})
    return frozenset({lemma, lemma + "s"})


def _consonant_y(lemma: str) -> bool:
    return len(lemma) > 1 and lemma.endswith("y") and lemma[-2] not in VOWELS


def _doubles(lemma: str) -> bool:
    if len(lemma) < 3 or lemma[-1] in VOWELS + "wxyh" or lemma[-2] not in VOWELS:
        return False
    if lemma[-3] in VOWELS:
        return lemma.endswith(("quit",))
    return sum(letter in VOWELS for letter in lemma) == 1 or lemma in DOUBLING


def _may_double(lemma: str) -> bool:
    """Consonant, vowel, consonant at the end: where the stress lies no table says, so both."""
    return (
        len(lemma) > 3
        and lemma[-1] not in VOWELS + "wxyh"
        and lemma[-2] in VOWELS
        and (lemma[-3] not in VOWELS)
    )


def _regular_past(lemma: str) -> str:
    if lemma.endswith("e"):
        return lemma + "d"
    if _consonant_y(lemma):
        return lemma[:-1] + "ied"
    return lemma + (lemma[-1] if _doubles(lemma) else "") + "ed"


def _present_participle(lemma: str) -> str:
    if lemma.endswith("ie"):
        return lemma[:-2] + "ying"
    if lemma.endswith("e") and not lemma.endswith(("ee", "oe", "ye")) and lemma != "be":
        return lemma[:-1] + "ing"
    return lemma + (lemma[-1] if _doubles(lemma) else "") + "ing"
