"""Where a noun phrase's own words end: "men in plain clothes", "members of the Red Sun militia"."""

from spacy.tokens import Token

from khronika.text.people import singulars, words

DEFINITE = frozenset({"the", "this", "that", "these", "those", "both", "all"})
LONGEST_OFFICE = 8  # tokens
OWN_POSTMODIFIED = words("own_postmodified")
GROUP_POSTMODIFIED = words("group_postmodified")
DRESS = words("dress")
VAGUE = frozenset(
    "man men woman women people person persons youth youths stranger strangers officer officers "
    "official officials".split()
)
LONGEST_DESCRIPTION = 7  # tokens behind the noun
MOUNTS = frozenset("motorcycle motorcycles motorbike motorbikes bicycle bicycles horseback".split())
LONGEST_COMPLEMENT = 5  # tokens of "of the African Union's mission"


def is_plural(core: Token) -> bool:
    """True for a noun that stands for several: by its tag, or "police", "two" before it."""
    if core.text.lower() in ("police", "people", "troops", "staff", "clergy", "others"):
        return True
    if core.pos_ == "ADJ":
        return True
    return core.tag_ in ("NNS", "NNPS") or ("Plur" in core.morph.get("Number", []))


def hyphenated(core: Token) -> str:
    """As in "passer-by", "editor-in-chief": the joined word that ends or begins at `core`."""
    doc, start, end = core.doc, core.i, core.i + 1
    while start >= 2 and doc[start - 1].text == "-" and not doc[start - 1].whitespace_:
        start -= 2
    while end + 1 < len(doc) and doc[end].text == "-" and not doc[end].whitespace_:
        end += 2
    return doc[start:end].text.lower() if end - start > 1 else ""


def end_of_phrase(core: Token) -> int:
    """Where they end: "men in plain clothes", "members of the public", "school in Selby"."""
    end = core.i + 1
    doc = core.doc
    if (
        end + 1 < len(doc)
        and doc[end].text == "-"
        and not doc[end].whitespace_
        and hyphenated(core)
    ):
        while end + 1 < len(doc) and doc[end].text == "-" and not doc[end].whitespace_:
            end += 2
    if end >= len(doc):
        return end
    if doc[end : end + 2].text == "in charge":
        return end + 2
    opens = core.i == 0 or core.is_sent_start
    if core.text[0].isupper() and not opens and doc[end].text in ("for", "on", "of"):
        return _end_of_office(core, end)
    return _end_of_description(core) or _end_of_complement(core, end)


def _end_of_complement(core: Token, end: int) -> int:
    """As in "men in uniform", "guards of the company X", "two men on a motorcycle"."""
    prep = core.doc[end]
    if prep.dep_ != "prep" or prep.head != core:
        return end
    inner = next((t for t in prep.rights if t.dep_ == "pobj"), None)
    if inner is None or inner.i - prep.i > LONGEST_COMPLEMENT:
        return end
    lemma = singulars(core.text.lower())[-1]
    if prep.text == "in":
        return inner.i + 1 if inner.text.lower() in DRESS else end
    if prep.text == "of" and (lemma in OWN_POSTMODIFIED or _is_new(core, lemma)):
        return _end_of_name(inner)
    mounted = prep.text == "on" and inner.lower_ in MOUNTS
    return inner.i + 1 if mounted else end


def _end_of_description(core: Token) -> int:
    """Where "men calling from withheld numbers" ends: what tells some unnamed from others."""
    if core.lower_ not in VAGUE or any(t.lower_ in DEFINITE for t in core.lefts):
        return 0
    after = core.nbor()
    if after.lower_ == "who":  # 'a man who shared his cell'
        after = next((t for t in core.rights if t.dep_ == "relcl"), after)
    if after.head != core or after.right_edge.i - core.i > LONGEST_DESCRIPTION:
        return 0
    described = after.dep_ == "acl" and after.tag_ == "VBG"
    described = described or (after.dep_ == "prep" and after.lower_ in ("with", "from", "at", "of"))
    described = described or (after.dep_ == "relcl" and core.nbor().lower_ == "who")
    inside = core.doc[after.i + 1 : after.right_edge.i + 1]
    own = [t for t in inside if t.dep_ == "relcl" or t.is_punct]
    return after.right_edge.i + 1 if described and not own else 0


def _is_new(core: Token, lemma: str) -> bool:
    """Several, or somebody not known yet: "guards of the company X", "a nurse of the hospital"."""
    if lemma not in GROUP_POSTMODIFIED:
        return False
    return is_plural(core) or not any(t.lower_ in DEFINITE for t in core.lefts)


def _end_of_name(token: Token) -> int:
    """Where the name ends that a word begins: "the company Aqua Sur", "the Red Sun militia"."""
    doc, i = token.doc, token.i
    while i + 1 < len(doc):
        joined = doc[i].dep_ == "compound" and doc[i].head.i > i and doc[i].text[0].isupper()
        if not joined and not (doc[i + 1].text[0].isupper() and doc[i + 1].is_alpha):
            break
        i += 1
    return i + 1


def _end_of_office(core: Token, end: int) -> int:
    """As in "Commissioner for Human Rights", "Minister of Labour and Trade"."""
    doc, last = core.doc, end
    i = end
    while i < min(len(doc), end + LONGEST_OFFICE):
        if doc[i].text[0].isupper():
            last = i + 1
        elif doc[i].text not in ("for", "on", "of", "the", "and"):
            break
        i += 1
    return last if last > end else core.i + 1
