"""Open letters, petitions and calls: addressees, demands, signatories, what came of them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from babel import Locale
from spacy.tokens import Token

from khronika.coding.clauses import conjuncts, is_verb
from khronika.coding.details import LONGEST, trimmed
from khronika.coding.figures import number
from khronika.coding.parsed import ParsedUnit
from khronika.coding.telling import Draft, Reader
from khronika.model.acts import Act, Appeal, Count, Modality, Role, Signatory
from khronika.model.anchors import Anchor
from khronika.model.reports import PassageRole, Report

KINDS = frozenset({"open-letter", "appeal", "complaint"})
ASKING = frozenset(
    "call demand urge ask request appeal require beg plead press exhort implore petition "
    "insist".split()
)
SIGNED = re.compile(r"\bsign(?:ed|atories|atory)\b", re.IGNORECASE)
RESPONSE = re.compile(
    r"\b(?:no (?:reply|answer|response)|(?:has|have|had) not (?:replied|answered|responded)"
    r"|since then,? silence"
    r"|(?:hop(?:e|ing|ed)|wait(?:s|ing|ed)?|await(?:s|ing|ed)?)[^.;]{0,40}(?:response|reply|answer)"
    r"|(?:replied|responded|answered) (?:that|to the (?:letter|appeal|petition)))",
    re.IGNORECASE,
)
SIGNATORIES_HEAD = re.compile(
    r"^\W*(?:signed(?: by)?|signatories|signatures|the undersigned)\b[^\n]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)


def appeals_of(
    acts: tuple[Act, ...], told: Sequence[Draft], reader: Reader
) -> tuple[tuple[Act, ...], tuple[Appeal, ...]]:
    """The acts with their demands and response filled in, and the appeals over them."""
    heads = {
        (draft.kind, reader.parsed.anchor_of(draft.candidate.unit, draft.candidate.head)): draft
        for draft in told
    }
    asked = {
        act.id: tuple(_demands(heads[act.kind, act.trigger], reader))
        for act in acts
        if act.kind in KINDS and (act.kind, act.trigger) in heads
    }
    letters = [act for act in acts if act.kind == "open-letter"]
    if letters and not asked.get(letters[0].id):  # what a letter demands may stand further on
        asked[letters[0].id] = tuple(_letter_demands(reader))
    response = _response(reader)
    filled = tuple(_with(act, asked.get(act.id, ()), response) for act in acts)
    appeals = tuple(
        _appeal(act, reader)
        for act in filled
        if act.kind in ("open-letter", "appeal") and act.modality is not Modality.DENIED
    )
    return filled, appeals


def _with(act: Act, demands: tuple[Anchor, ...], response: Anchor | None) -> Act:
    if act.kind not in KINDS:
        return act
    return replace(act, demands=demands, response=response if act.kind == "open-letter" else None)


def _demands(draft: Draft, reader: Reader) -> Iterator[Anchor]:
    unit = reader.parsed.units[draft.candidate.unit]
    top = draft.candidate.verb if draft.candidate.verb is not None else draft.candidate.head
    yield from _complements(unit, top, reader)
    yield from _listed(unit, reader)


def _complements(unit: ParsedUnit, verb: Token, reader: Reader) -> Iterator[Anchor]:
    """The infinitives and that-clauses below a verb of asking, one demand a conjunct."""
    for child in verb.children:
        infinitive = child.dep_ in ("xcomp", "ccomp", "advcl", "acl") and is_verb(child)
        if infinitive and not _reason_clause(child):
            for demand in conjuncts(child):
                yield _clause_anchor(unit, demand, reader)
        elif child.dep_ == "prep" and child.lower_ in ("on", "to", "upon", "for"):
            for noun in child.children:
                yield from _complements(unit, noun, reader)
        elif child.dep_ in ("dobj", "dative"):
            yield from (
                a
                for c in child.children
                if c.dep_ in ("acl", "relcl") and c.tag_ == "VB"
                for a in [_clause_anchor(unit, c, reader)]
            )


def _reason_clause(verb: Token) -> bool:
    return any(
        c.dep_ == "mark" and c.lower_ in ("because", "as", "since", "after", "while", "if")
        for c in verb.children
    )


def _clause_anchor(unit: ParsedUnit, verb: Token, reader: Reader) -> Anchor:
    """The words of one demand: from its verb, without the conjuncts that are demands themselves."""
    later = {c.i for c in verb.children if c.dep_ == "conj" and is_verb(c)}
    tokens = [
        t
        for t in verb.subtree
        if t.i >= verb.i
        and not any(later_head in {a.i for a in (t, *t.ancestors)} for later_head in later)
    ]
    end = max(t.idx + len(t) for t in tokens)
    text = unit.text
    start, end = trimmed(text, verb.idx, end)
    while end > start + 1 and text[end - 1] in ",;.\"' ":
        end -= 1
    if text[start:end].endswith(" and"):
        end -= 4
    return reader.parsed.anchor(unit.index, start, min(end, start + LONGEST))


def _listed(unit: ParsedUnit, reader: Reader) -> Iterator[Anchor]:
    """The list items that follow 'We ask you' or a line that ends in a colon."""
    if not unit.text.rstrip().endswith(":") and not re.search(
        r"\b(?:ask|asks|urge|urges|call|calls|demand|demands)\b(?: on)?(?: \w+){0,3}[:,]?(?: to)?$",
        unit.text.rstrip(),
    ):
        return
    for following in reader.parsed.units[unit.index + 1 :]:
        if following.unit.role is not PassageRole.LIST_ITEM:
            break
        yield _whole(following, reader)


def _whole(unit: ParsedUnit, reader: Reader) -> Anchor:
    text = unit.text
    lead = re.match(r"[\W\d]*", text)
    start = lead.end() if lead and lead.end() < len(text) else 0
    return reader.parsed.anchor(unit.index, start, min(len(text), start + LONGEST))


def _letter_demands(reader: Reader) -> Iterator[Anchor]:
    for unit in reader.parsed.units:
        for token in unit.doc:
            if is_verb(token) and token.lemma_.lower() in ASKING and token.dep_ in ("ROOT", "conj"):
                yield from _complements(unit, token, reader)
                yield from _listed(unit, reader)


def _response(reader: Reader) -> Anchor | None:
    for unit in reader.parsed.units:
        found = RESPONSE.search(unit.text)
        if found is not None:
            sentence = next(
                (s for s in unit.doc.sents if s.start_char <= found.start() < s.end_char), None
            )
            if sentence is not None and len(sentence.text) <= LONGEST:
                return reader.parsed.anchor(
                    unit.index, *trimmed(unit.text, sentence.start_char, sentence.end_char)
                )
    return None


def _appeal(act: Act, reader: Reader) -> Appeal:
    letter = act.kind == "open-letter"
    count, countries = _signed(reader) if letter else (None, ())
    listed = tuple(signatories(reader.parsed.report)) if letter else ()
    return Appeal(
        act_id=act.id,
        kind=act.kind,
        signatories=listed,
        signatory_count=count or (Count(least=len(listed), most=len(listed)) if listed else None),
        signatory_countries=countries
        or tuple(dict.fromkeys(s.country for s in listed if s.country)),
        addressees=tuple(i.name for i in act.in_role(Role.ADDRESSEE)),
        demands=act.demands,
        delivered=act.when.edtf,
        response=act.response.exact if act.response else "",
    )


def _signed(reader: Reader) -> tuple[Count | None, tuple[str, ...]]:
    """'signed by 148 NGOs from Russia, Germany ...', in the letter's sentence or near it."""
    for unit in reader.parsed.units:
        for sentence in unit.doc.sents:
            if not SIGNED.search(sentence.text) and "undersigned" not in sentence.text.lower():
                continue
            values = [n for t in sentence if (n := number(t)) is not None and t.tag_ == "CD"]
            countries = tuple(dict.fromkeys(c for t in sentence for c in [_country(t)] if c))
            big = [v for v in values if v > 1]
            if big or countries:
                count = Count(least=big[0], most=big[0]) if big else None
                return count, countries
    return None, ()


def _country(token: Token) -> str:
    """The ISO code of a country named by one token, or by it and those before it."""
    for width in (3, 2, 1):
        first = token.i - width + 1
        if first >= 0:
            words = token.doc[first : token.i + 1].text.removeprefix("the ").strip()
            code = COUNTRIES.get(words.casefold())
            if code:
                return code
    return ""


def _countries() -> dict[str, str]:
    names = Locale("en").territories
    table = {
        name.casefold(): code for code, name in names.items() if len(code) == 2 and code.isalpha()
    }
    return table | {
        "uk": "GB", "usa": "US", "us": "US", "u.s.": "US", "u.k.": "GB", "turkey": "TR",
        "czech republic": "CZ", "great britain": "GB", "viet nam": "VN", "moldova": "MD",
        "russian federation": "RU", "myanmar": "MM", "burma": "MM", "south korea": "KR",
        "north korea": "KP", "palestine": "PS", "swaziland": "SZ", "macedonia": "MK",
        "bosnia and herzegovina": "BA", "ivory coast": "CI", "england": "GB", "scotland": "GB",
    }  # fmt: skip


COUNTRIES = _countries()


def signatories(report: Report) -> Iterator[Signatory]:
    """The names in the block below 'Signed by', by country where the lines are headed by one."""
    head = SIGNATORIES_HEAD.search(report.text)
    if head is None:
        return
    end = min(
        (p.span.start for p in report.passages if _ends_block(p.role, p.span.start, head.end())),
        default=len(report.text),
    )
    offset = head.end()
    country = ""
    for line in report.text[head.end() : end].splitlines(keepends=True):
        code, skip = _line_country(line)
        country = code or country
        yield from _names(report.text, offset + skip, offset + len(line.rstrip()), country)
        offset += len(line)


def _ends_block(role: PassageRole, start: int, after: int) -> bool:
    return start > after and role in (
        PassageRole.CONTACT,
        PassageRole.BOILERPLATE,
        PassageRole.FOOTNOTE,
    )


def _line_country(line: str) -> tuple[str, int]:
    """A country at the start of a line, set off by a tab, two blanks or a colon."""
    found = re.match(r"\s*([^\W\d][\w .'-]{2,40}?)(?:\t+|:\s*| {2,})", line)
    if found is not None and (code := COUNTRIES.get(found.group(1).strip().casefold())):
        return code, found.end()
    return (
        ("", 0)
        if not (code := COUNTRIES.get(line.strip(" :\t\r\n").casefold()))
        else (code, len(line))
    )


def _names(text: str, start: int, end: int, country: str) -> Iterator[Signatory]:
    for found in re.finditer(r"[^;•·|\n]+", text[start:end] if start < end else ""):
        piece = found.group().strip(" \t\r,.–-*")
        if not 2 < len(piece) < 120 or not any(c.isalpha() for c in piece):
            continue
        at = start + found.start() + found.group().index(piece)
        bracket = re.search(r"\(([^()]{2,40})\)\s*$", piece)
        code = COUNTRIES.get(bracket.group(1).casefold(), "") if bracket else ""
        yield Signatory(
            name=piece, anchor=Anchor.cut(text, at, at + len(piece)), country=code or country
        )
