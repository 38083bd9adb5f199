"""The Russian parser: razdel's words, slovnet's grammar, relations and names, pymorphy3's lemmas.

The weights are the files that the wheel of natasha carries. They are found by the package's
metadata, because importing natasha would load pymorphy2, which needs a Python before 3.11.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from khronika.coding.slavic.mending import free_objects, mend
from khronika.coding.slavic.morphology import Morphology, Reading
from khronika.coding.slavic.words import Sentence, Word, plain

NEEDED = ("slovnet", "navec", "razdel", "pymorphy3", "pymorphy3_dicts_ru")
FILES = {
    "navec": "natasha/data/emb/navec_news_v1_1B_250K_300d_100q.tar",
    "morph": "natasha/data/model/slovnet_morph_news_v1.tar",
    "syntax": "natasha/data/model/slovnet_syntax_news_v1.tar",
    "ner": "natasha/data/model/slovnet_ner_news_v1.tar",
}
LONGEST_SENTENCE = 150  # words; the parser's memory grows with its square


@cache
def installed() -> bool:
    """True if the packages of the extra and the weights are there."""
    return all(find_spec(name) is not None for name in NEEDED) and all(map(_weights, FILES))


def _weights(name: str) -> Path | None:
    """The file of some weights inside the installed distribution of natasha."""
    try:
        found = Path(str(metadata.distribution("natasha").locate_file(FILES[name])))
    except metadata.PackageNotFoundError:
        return None
    return found if found.is_file() else None


class SlovnetParser:
    """Parses Russian. Loads its weights once."""

    def __init__(self, morphology: Morphology) -> None:
        from navec import Navec  # noqa: PLC0415 - an extra
        from slovnet import NER, Morph, Syntax  # noqa: PLC0415

        vectors = Navec.load(str(_weights("navec")))
        self._morphology = morphology
        self._models: dict[str, Any] = {}
        for name, model in (("morph", Morph), ("syntax", Syntax), ("ner", NER)):
            self._models[name] = model.load(str(_weights(name)))
            self._models[name].navec(vectors)

    @property
    def name(self) -> str:
        """Name and version of what parses."""
        return f"slovnet {metadata.version('slovnet')}"

    def parse(self, texts: Sequence[str]) -> list[list[Sentence]]:
        """The sentences of each text, in order."""
        cut = [list(_sentences(text)) for text in texts]
        forms = [[text for _, _, text in words] for each in cut for words in each]
        morph = self._models["morph"].map(forms)
        syntax = self._models["syntax"].map(forms)
        parsed = iter(list(zip(morph, syntax, strict=True)))
        made = []
        for text, each in zip(texts, cut, strict=True):
            sentences: list[Sentence] = []
            start = 0
            for words in each:
                grammar, tree = next(parsed)
                sentences.append(self._sentence(words, grammar, tree, start, len(sentences)))
                start += len(words)
            self._name(text, sentences)
            made.append(sentences)
        return made

    def _sentence(
        self, words: list[tuple[int, int, str]], grammar: Any, tree: Any, first: int, index: int
    ) -> Sentence:
        made = [
            self._word(token, span, first + at, index)
            for at, (span, token) in enumerate(zip(words, grammar.tokens, strict=True))
        ]
        for word, token in zip(made, tree.tokens, strict=True):
            word.rel = token.rel
            head = int(token.head_id) - 1
            if 0 <= head < len(made) and made[head] is not word:
                word.head = made[head]
        mend(made)
        for word in made:
            if word.head is not None:
                word.head.children.append(word)
        return Sentence(made)

    def _word(self, token: Any, span: tuple[int, int, str], at: int, sentence: int) -> Word:
        feats = token.feats or {}
        readings = self._morphology.readings(token.text)
        former = token.text.lower().startswith(("экс-", "вице-"))
        pos = "NOUN" if former else token.pos
        best = best_reading(readings, pos, feats)
        return Word(
            i=at,
            text=token.text,
            start=span[0],
            end=span[1],
            lemma=best.lemma if best is not None else plain(token.text),
            lemmas=frozenset({r.lemma for r in readings} | {plain(token.text)}),
            cases=frozenset(r.case for r in readings if r.case),
            pos=pos,
            case=feats.get("Case", ""),
            number=feats.get("Number", ""),
            gender=feats.get("Gender", ""),
            animate=feats.get("Animacy") == "Anim" or former,
            tense=feats.get("Tense", ""),
            aspect=feats.get("Aspect", ""),
            voice=feats.get("Voice", ""),
            form=feats.get("VerbForm", ""),
            mood=feats.get("Mood", ""),
            person=feats.get("Person", ""),
            short=feats.get("Variant") == "Short" or (best is not None and best.pos == "ADJS"),
            sentence=sentence,
        )

    def _name(self, text: str, sentences: list[Sentence]) -> None:
        """Mark the words of names of people, organisations and places."""
        for sentence in sentences:
            start = sentence.start
            for span in self._models["ner"](text[start : sentence.end]).spans:
                for word in sentence.words:
                    inside = span.start <= word.start - start and word.end - start <= span.stop
                    if inside and not word.lower.startswith(("экс-", "вице-")):
                        word.entity = span.type
            if sentence.words:
                self._sober(sentence.words)
                free_objects(sentence.words)

    def _sober(self, words: Sequence[Word]) -> None:
        """A common noun that opens a sentence is no name, whatever its capital says."""
        word = words[0]
        readings = self._morphology.readings(word.text)
        if (
            not readings
            or word.text[1:2].isupper()
            or any(r.marks & NAMES and r.score >= SURELY for r in readings)
        ):
            return
        if len(words) > 1 and word.entity == words[1].entity == "ORG":
            return
        titled = len(words) > 1 and any(
            r.given and r.known for r in self._morphology.readings(words[1].text)
        )
        common = readings[0].pos == "NOUN" and readings[0].known
        alone = len(words) < 2 or words[1].entity != "PER"
        described = readings[0].known and readings[0].pos in ("PRTF", "ADJF") and alone
        if not (common or titled or (described and word.entity == "PER")):
            return
        shape = "NOUN" if common or readings[0].pos == "NOUN" else "ADJ"
        best = best_reading(readings, shape, {"Case": word.case, "Number": word.number})
        if best is None or not best.case:
            return
        word.entity, word.pos, word.lemma = "", shape, best.lemma
        word.case, word.number, word.gender = best.case, best.number, best.gender
        word.animate = best.animate or titled or described


SURELY = 0.2  # share of a form's uses from which a reading counts
NAMES = frozenset({"Surn", "Name", "Patr", "Geox", "Orgn", "Trad", "Abbr", "Init"})
POS = {
    "NOUN": ("NOUN",), "PROPN": ("NOUN",), "ADJ": ("ADJF", "ADJS", "PRTF", "PRTS", "NUMR", "COMP"),
    "VERB": ("VERB", "INFN", "PRTF", "PRTS", "GRND"), "ADV": ("ADVB", "PRED"), "PRON": ("NPRO",),
    "DET": ("ADJF", "NPRO"), "NUM": ("NUMR",), "ADP": ("PREP",), "AUX": ("VERB", "INFN"),
}  # fmt: skip


def best_reading(readings: Sequence[Reading], pos: str, feats: dict[str, str]) -> Reading | None:
    """The reading that agrees best with a tagger's part of speech and features."""

    def agreement(reading: Reading) -> tuple[int, float]:
        same = 4 * (reading.pos in POS.get(pos, ()))
        same += 2 * (bool(feats.get("Case")) and reading.case == feats.get("Case"))
        same += reading.number == feats.get("Number", "")
        same += reading.gender == feats.get("Gender", "")
        return same, reading.score

    return max(readings, key=agreement, default=None)


def _sentences(text: str) -> Iterator[list[tuple[int, int, str]]]:
    """The words of each sentence with their places; a very long sentence is cut."""
    from razdel import sentenize, tokenize  # noqa: PLC0415 - an extra

    for sentence in sentenize(text):
        words = [
            (sentence.start + each.start, sentence.start + each.stop, each.text)
            for each in tokenize(sentence.text)
        ]
        for at in range(0, len(words), LONGEST_SENTENCE):
            yield words[at : at + LONGEST_SENTENCE]
