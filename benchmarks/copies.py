"""How well and how fast copies are found: `python benchmarks/copies.py [TEXTS]`.

Makes 20,000 invented news texts (English, Russian, Ukrainian; mean about 128 words) with planted
copies of six kinds and bulletins that follow one template and tell other facts, finds the copies,
and prints recall by kind, precision, and texts a second on one core, shingling included. Beside it
datasketch and rensa on the same texts, where they are installed:
`pip install datasketch rensa`. Then one new text against many, as a store would look it up.
"""

import importlib.util
import random
import re
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from khronika.linking.copies import MOST_HOLDERS, candidates, copies, judge, keys, rank
from khronika.linking.facts import ReportFacts
from khronika.text.fingerprints import fingerprints
from news import TONGUES, a_name, a_pattern, a_sentence, a_word, an_article, facts, printed

KINDS = ("syndicated", "3 % edited", "15 % edited", "cut in half", "paragraph quoted", "noisy")
NEW_TEXTS = 400  # looked up one by one
Pair = tuple[int, int]


@dataclass
class Corpus:
    """Texts, the planted pairs by kind, and which texts are of one family."""

    texts: list[str]
    planted: dict[Pair, str]
    family: dict[int, int]
    bulletins: set[int]


def language(rng: random.Random) -> str:
    return rng.choices(("en", "ru", "uk"), (6, 3, 1))[0]


def length(rng: random.Random) -> int:
    return int(min(600, max(25, rng.lognormvariate(4.55, 0.62))))


def edited(text: str, share: float, tongue: str, rng: random.Random) -> str:
    """Words replaced, dropped and put in."""
    out = []
    for word in text.split(" "):
        if rng.random() >= share:
            out.append(word)
            continue
        change = rng.randrange(3)
        if change < 2:
            out.append(a_word(tongue, rng.choice("nva"), rng))
        if change == 1:
            out.append(word)
    return " ".join(out)


def noisy(text: str, rng: random.Random) -> str:
    """As a page is read by a machine: letters mistaken, lines broken, words parted, page heads."""
    letters = [rng.choice("eoclnаесо1") if c.isalpha() and rng.random() < 0.01 else c for c in text]
    lines, at = [], 0
    while at < len(letters):
        end = at + rng.randint(45, 60)
        line = "".join(letters[at:end])
        parted = end < len(letters) and line[-1].isalpha() and letters[end].isalpha()
        lines.append(line + "-" if parted else line)
        at = end
        if rng.random() < 0.04:
            lines.append(f"\n{rng.randint(2, 30)}  PAGE\n")
    return "\n".join(lines)


def copied(kind: str, source: list[list[str]], tongue: str, rng: random.Random) -> str:
    """A copy of one of the six kinds."""
    told, text = facts(tongue, rng), printed(source)
    if kind == "syndicated":
        head, tail = ([a_sentence(tongue, told, rng) for _ in range(rng.randint(1, 3))]
                      for _ in "ht")  # fmt: skip
        return printed([head, *source, tail])
    if kind.endswith("edited"):
        return edited(text, int(kind.split(maxsplit=1)[0]) / 100, tongue, rng)
    if kind == "cut in half":
        words = re.findall(r"\S+\s*", text)
        start = rng.choice((0, len(words) - len(words) // 2))
        return "".join(words[start : start + len(words) // 2])
    if kind == "paragraph quoted":
        longest = max(source, key=lambda p: sum(len(s) for s in p))
        own = an_article(tongue, rng, length(rng))
        own.insert(rng.randrange(len(own) + 1), longest)
        return printed(own)
    return noisy(text, rng)


def bulletin(template: int, rng: random.Random) -> str:
    """Other facts in the sentences of one template."""
    fixed = random.Random(f"bulletin {template}")
    tongue = language(fixed)
    words, told, pieces = 0, facts(tongue, rng), []
    while words < 90:
        sentence = a_pattern(tongue, fixed).replace(
            "{phrase}", fixed.choice(TONGUES[tongue].phrases)
        )
        for mark, sort in (("{n}", "n"), ("{v}", "v"), ("{a}", "a")):
            while mark in sentence:
                sentence = sentence.replace(mark, a_word(tongue, sort, fixed), 1)
        while "{num}" in sentence:
            sentence = sentence.replace("{num}", str(rng.randint(3, 400)), 1)
        while "{name}" in sentence:
            sentence = sentence.replace("{name}", a_name(tongue, rng), 1)
        words += len(sentence.split())
        pieces.append(sentence.format(**told))
    return ". ".join(pieces) + "."


def corpus(size: int) -> Corpus:
    """Copies are three tenths of the texts, bulletins fifteen in two hundred."""
    rng = random.Random(20)
    texts: list[str] = []
    planted, family, bulletins = {}, {}, set()
    each, many = size // 20, size * 3 // 40
    sources = size - 6 * each - many
    articles = []
    for number in range(sources):
        tongue = language(rng)
        articles.append((tongue, an_article(tongue, rng, length(rng))))
        family[number] = number
        texts.append(printed(articles[-1][1]))
    for kind in KINDS:
        for _ in range(each):
            while True:
                source = rng.randrange(sources)
                tongue, article = articles[source]
                quoted = max(len(" ".join(p).split()) for p in article)
                if kind != "paragraph quoted" or quoted >= 30:
                    break
            planted[source, len(texts)] = kind
            family[len(texts)] = source
            texts.append(copied(kind, article, tongue, rng))
    for number in range(many):
        bulletins.add(len(texts))
        texts.append(bulletin(number % max(1, many // 30), rng))
    return Corpus(texts, planted, family, bulletins)


def ours(texts: list[str]) -> tuple[set[Pair], float]:
    """What the record finds, and the seconds of one core."""
    start = time.process_time()
    reports = made(texts)
    pairs = {
        pair(int(c.report), int(c.original)) for c in copies(reports) if c.relation != "template"
    }
    return pairs, time.process_time() - start


def made(texts: list[str], first: int = 0) -> list[ReportFacts]:
    return [
        ReportFacts(id=f"{n:08}", name="", words=p.words, shingles=p.shingles, marks=p.marks)
        for n, p in enumerate(fingerprints(texts), first)
    ]


def pair(one: int, other: int) -> Pair:
    return min(one, other), max(one, other)


def runs(text: str) -> list[str]:
    words = re.findall(r"\w+", text.casefold())
    return [" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))]


def with_datasketch(texts: list[str], threshold: float) -> tuple[set[Pair], float]:
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415  need not be installed

    start = time.process_time()
    index, pairs = MinHashLSH(threshold=threshold, num_perm=128), set()
    for number, text in enumerate(texts):
        sketch = MinHash(num_perm=128)
        sketch.update_batch([run.encode() for run in runs(text)])
        pairs |= {pair(number, int(other)) for other in index.query(sketch)}
        index.insert(number, sketch)
    return pairs, time.process_time() - start


def with_rensa(texts: list[str], threshold: float) -> tuple[set[Pair], float]:
    from rensa import RMinHash, RMinHashLSH  # noqa: PLC0415  need not be installed

    start = time.process_time()
    bands = 32 if threshold >= 0.5 else 64
    index, pairs = RMinHashLSH(threshold=threshold, num_perm=128, num_bands=bands), set()
    sketches = []
    for number, text in enumerate(texts):
        sketch = RMinHash(num_perm=128, seed=42)
        sketch.update(runs(text))
        for other in index.query(sketch):
            if sketches[other].jaccard(sketch) >= threshold:
                pairs.add(pair(number, other))
        index.insert(number, sketch)
        sketches.append(sketch)
    return pairs, time.process_time() - start


def table(made: Corpus, found: set[Pair], seconds: float, name: str) -> None:
    recall = Counter(kind for planted, kind in made.planted.items() if planted in found)
    asked = Counter(made.planted.values())
    of_family = {p for p in found if relatives(made, p)}
    precision = len(of_family) / len(found) if found else 1.0
    hard = sum(a in made.bulletins and b in made.bulletins for a, b in found)
    kinds = " ".join(f"{recall[k] / max(1, asked[k]):10.3f}" for k in KINDS)
    print(f"{name:26} {sum(recall.values()) / sum(asked.values()):6.3f} {precision:9.3f} {kinds}"
          + (f" {hard:9} {len(made.texts) / seconds:8.0f}" if seconds else ""))  # fmt: skip


def parts(made: Corpus, found: set[Pair]) -> None:
    """Recall of what is short, and of what is in Russian and Ukrainian."""
    fits: dict[str, Callable[[str], bool]] = {
        "of it 25 to 60 words": lambda text: len(text.split()) < 60,
        "of it in Russian": lambda text: bool(re.search("[ыэё]", text)),
        "of it in Ukrainian": lambda text: bool(re.search("[іїє]", text)),
    }
    for name, fit in fits.items():
        planted = {p: kind for p, kind in made.planted.items() if fit(made.texts[p[1]])}
        table(Corpus(made.texts, planted, made.family, made.bulletins), found, 0, f"  {name}")


def relatives(made: Corpus, found: Pair) -> bool:
    one, other = (made.family.get(each) for each in found)
    return one is not None and one == other


def one_by_one(size: int) -> None:
    """New texts against many kept ones; looking keys up is a dictionary's, not a store's."""
    rng = random.Random(5)
    kept = made(some_texts(size, rng))
    by_id = {report.id: report for report in kept}
    held: dict[int, list[str]] = defaultdict(list)
    for report in sorted(kept, key=rank):
        for key in keys(report):
            if len(held[key]) < MOST_HOLDERS:
                held[key].append(report.id)
    times = []
    for text in some_texts(NEW_TEXTS, rng):
        start = time.process_time()
        (new,) = made([text], size)
        holders = [held.get(key, []) for key in keys(new)]
        for other, shared in candidates(holders):
            judge(new, by_id[other], shared)
        times.append(1000 * (time.process_time() - start))
    times.sort()
    print(f"\none new text against {size:,}: {statistics.median(times):.2f} ms in the middle,"
          f" {times[int(0.95 * len(times))]:.2f} ms at most in 95 of 100")  # fmt: skip


def some_texts(size: int, rng: random.Random) -> list[str]:
    """Articles, and one in ten of a template that all share."""
    out = []
    for _ in range(size):
        if rng.random() < 0.1:
            out.append(bulletin(0, rng))
        else:
            tongue = language(rng)
            out.append(printed(an_article(tongue, rng, length(rng))))
    return out


def main(size: int) -> None:
    made_texts = corpus(size)
    words = [len(text.split()) for text in made_texts.texts]
    print(f"{size:,} texts, {statistics.mean(words):.0f} words each; {len(made_texts.planted):,}"
          f" planted copies, {len(made_texts.bulletins):,} bulletins of templates")  # fmt: skip
    print(f"\n{'':26} recall precision " + " ".join(f"{k.split('.')[0][:10]:>10}" for k in KINDS)
          + " bulletins  texts/s")  # fmt: skip
    ours(made_texts.texts[:100])  # what is built once, a table of letters, is built
    found, seconds = ours(made_texts.texts)
    table(made_texts, found, seconds, "khronika")
    parts(made_texts, found)
    rivals: Iterable[tuple[str, Callable[..., tuple[set[Pair], float]], float]] = (
        ("datasketch", with_datasketch, 0.5), ("datasketch", with_datasketch, 0.3),
        ("rensa", with_rensa, 0.5), ("rensa", with_rensa, 0.3),
    )  # fmt: skip
    for name, find, threshold in rivals:
        if importlib.util.find_spec(name) is None:
            print(f"{name} is not installed: pip install {name}")
            continue
        table(made_texts, *find(made_texts.texts, threshold), f"{name} 128, J>={threshold}")
    one_by_one(10 * size)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
