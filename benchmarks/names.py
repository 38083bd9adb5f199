"""How well names are compared, and how fast: `python benchmarks/names.py [PART...]`.

Parts: pairs, politicians, strangers, tokens, speed, mentions (about a minute of CPU); all if
none is named. The sets lie in `data/names` of the shared folder (KHRONIKA_SHARED, default `shared`
beside the checkout). Other matchers are run on the same names where they are installed: rapidfuzz,
nomenklatura (logic-v2).
"""

import csv
import importlib
import os
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import combinations
from pathlib import Path

from anyascii import anyascii
from rapidfuzz import fuzz
from rapidfuzz.distance import JaroWinkler

from khronika.linking.mentions import NamedMention, group_mentions
from khronika.linking.names import THRESHOLD, same_name_probability
from khronika.linking.people import keys
from khronika.text.bodies import compare_bodies
from khronika.text.given import data_lines
from khronika.text.likeness import compare_names, compare_people
from khronika.text.names import read_name
from khronika.text.phonetics import classes, readings, skeleton
from khronika.text.weights import raw_model

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("KHRONIKA_SHARED") or ROOT.parent / "shared") / "data" / "names"

Matcher = Callable[[str, str], bool]


def scores(true: int, false: int, missed: int) -> dict[str, float]:
    precision = true / max(1, true + false)
    recall = true / max(1, true + missed)
    return {
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / max(1e-9, precision + recall),
    }


def scored(pairs: Iterable[tuple[str, str, bool]], same: Matcher) -> dict[str, float]:
    counted = Counter((same(a, b), truth) for a, b, truth in pairs)
    return scores(counted[True, True], counted[True, False], counted[False, True])


def ours(a: str, b: str) -> bool:
    return same_name_probability(a, b) >= THRESHOLD


def jaro_winkler(a: str, b: str) -> bool:
    return JaroWinkler.similarity(romanised(a), romanised(b)) >= 0.9


def token_sort(a: str, b: str) -> bool:
    return fuzz.token_sort_ratio(romanised(a), romanised(b)) >= 88


def romanised(text: str) -> str:
    return str(anyascii(text)).lower()


def logic_v2() -> Matcher | None:
    """The rule matcher of nomenklatura, if it is installed."""
    try:
        matching = importlib.import_module("nomenklatura.matching")
        entity = importlib.import_module("followthemoney").model
    except ImportError:
        return None
    algorithm = matching.get_algorithm("logic-v2")
    config = algorithm.default_config()

    def person(name: str) -> object:
        made = entity.make_entity("Person")
        made.id = name
        made.add("name", name)
        return made

    return lambda a, b: algorithm.compare(person(a), person(b), config).score >= 0.7


def rows(name: str) -> list[dict[str, str]]:
    delimiter = "\t" if name.endswith("tsv") else ","
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def labelled(kind: str) -> list[tuple[str, str, bool]]:
    return [(r["a"], r["b"], r["label"] == "1") for r in rows("pairs-dev.tsv") if r["kind"] == kind]


def pairs() -> dict[str, dict[str, float]]:
    """The labelled pairs."""
    return {
        "person": scored(labelled("person"), ours),
        "org": scored(labelled("org"), lambda a, b: compare_bodies(a, b).probability >= THRESHOLD),
    }


def politician_pairs() -> list[tuple[str, str, bool]]:
    every = rows("everypolitician.tsv")
    return [(a["name"], b["name"], a["entity"] == b["entity"]) for a, b in combinations(every, 2)]


def politicians() -> dict[str, float]:
    """All pairs of the forms of 124 politicians' names."""
    return scored(politician_pairs(), lambda a, b: compare_people(a, b).probability >= THRESHOLD)


def listed_and_strangers(seed: int = 1) -> tuple[list[str], list[str]]:
    """700 names as a list may hold them and 300 of strangers, put together from common names."""
    rng = random.Random(seed)
    given = [line.split()[1:] for line in data_lines("given_names.txt") if line[:2] in ("f ", "m ")]
    surnames = [n for g in raw_model()["frequency"]["common"][4:] for n in g["names"].split()]
    made: dict[frozenset[str], str] = {}
    while len(made) < 1000:
        words = [rng.choice(rng.choice(given)) for _ in range(rng.choice((1, 1, 2)))]
        words.append(rng.choice(surnames))
        made.setdefault(frozenset(skeleton(w) for w in words), " ".join(words))
    names = list(made.values())
    rng.shuffle(names)
    return names[:700], names[700:]


def mangled(name: str, rng: random.Random) -> str:
    """A name with a slip in a long word, its words turned, or a middle word left out."""
    words = name.split()
    long = [i for i, w in enumerate(words) if len(w) > 7]
    if long and rng.random() < 0.5:
        at = rng.choice(long)
        word, place = words[at], rng.randrange(2, len(words[at]) - 2)
        head, letter, after = word[:place], word[place], word[place + 1 :]
        slips = (head + after, head + letter * 2 + after, head + after[0] + letter + after[1:])
        words[at] = rng.choice(slips)
    if rng.random() < 0.3:
        words = [words[-1].upper(), *words[:-1]]
    elif rng.random() < 0.3 and len(words) > 2:
        del words[1]
    return " ".join(words)


def strangers() -> dict[str, float]:
    """How many strangers meet somebody on the list; how many mangled names are found again."""
    listed, others = listed_and_strangers()
    rng = random.Random(2)
    asked = [(name, mangled(name, rng)) for name in rng.sample(listed, 250)]
    return {
        "strangers_hit": sum(any(ours(o, name) for name in listed) for o in others) / len(others),
        "mangled_found": sum(ours(name, other) for name, other in asked) / len(asked),
    }


def tokens() -> dict[str, float]:
    """English and Russian spellings of one word: how many share a key, and with how many others."""
    found = {}
    text = (SHARED / "en-ru-tokens.tsv").read_text("utf-8")
    told = [(r[0], r[1].replace(" ", "")) for line in text.splitlines() if (r := line.split("\t"))]
    for name, key in (("sound", _sounds), ("key", _word_keys), ("classes", _heads)):
        blocks: dict[str, set[str]] = defaultdict(set)
        for _, russian in told:
            for each in key(russian):
                blocks[each].add(russian)
        sizes, hits = 0, 0
        for english, russian in told:
            met = set().union(*(blocks.get(each, ()) for each in key(english)))
            sizes += len(met)
            hits += russian in met
        found[f"{name}_recall"] = hits / len(told)
        found[f"{name}_candidates"] = sizes / len(told)
    return found


def _sounds(word: str) -> tuple[str, ...]:
    return readings(word, word)


def _word_keys(word: str) -> tuple[str, ...]:
    return tuple({f"{classes(r)}{_vowels(r)}" for r in readings(word, word)})


def _vowels(sounds: str) -> int:
    return sum(sounds.count(vowel) for vowel in "aiu")


def _heads(word: str) -> tuple[str, ...]:
    return tuple({classes(r) for r in readings(word, word)})


def speed() -> dict[str, float]:
    """Comparisons a second on one core, with evidence; names are read once, as in linking."""
    sample = politician_pairs()[:20_000]
    read = {name: read_name(name) for a, b, _ in sample for name in (a, b)}
    near = [
        (read[a], read[b])
        for a, b, truth in politician_pairs()
        if truth and a in read and b in read
    ]
    found = {}
    for name, work in (
        ("all", [(read[a], read[b]) for a, b, _ in sample]),
        ("same_person", near * (20_000 // max(1, len(near)))),
    ):
        start = time.process_time()
        for one, other in work:
            str(compare_names(one, other).evidence[0])
        found[name] = len(work) / (time.process_time() - start)
    for name, matcher in (("jaro_winkler", jaro_winkler), ("token_sort", token_sort)):
        start = time.process_time()
        for a, b, _ in sample:
            matcher(a, b)
        found[name] = len(sample) / (time.process_time() - start)
    return found


def mentions() -> dict[str, float]:
    """100,000 mentions of invented people put into people by name, city and year."""
    told = rows("mentions-100k.csv")
    every = [
        NamedMention(id=f"{n:06}", name=r["name"], place=r["city"], year=r["year"])
        for n, r in enumerate(told)
    ]
    home = {m.id: r["entity"] for m, r in zip(every, told, strict=True)}
    start = time.process_time()
    groups = group_mentions(every)
    spent = time.process_time() - start
    true = sum(_twos(Counter(home[i] for i in group).values()) for group in groups)
    joined, whole = _twos(map(len, groups)), _twos(Counter(home.values()).values())
    return scores(true, joined - true, whole - true) | {
        "pair_completeness": completeness(every, home) / whole,
        "people": len(groups),
        "seconds": spent,
    }


def _twos(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def completeness(every: Sequence[NamedMention], home: dict[str, str]) -> int:
    """How many pairs of one person's mentions have one name or share a key."""
    shared = {m.name: frozenset(keys([read_name(m.name)])) for m in every}
    people: dict[str, list[str]] = defaultdict(list)
    for mention in every:
        people[home[mention.id]].append(mention.name)
    return sum(
        a == b or not shared[a].isdisjoint(shared[b])
        for names in people.values()
        for a, b in combinations(names, 2)
    )


def show(title: str, found: dict[str, float]) -> None:
    told = "  ".join(
        f"{name} {value:,.0f}" if value > 2 else f"{name} {value:.3f}"
        for name, value in found.items()
    )
    print(f"{title:28} {told}")


def main() -> None:
    asked = sys.argv[1:] or ["pairs", "politicians", "strangers", "tokens", "speed", "mentions"]
    peers = {"jaro-winkler": jaro_winkler, "token sort": token_sort}
    if found := logic_v2():
        peers["logic-v2"] = found
    else:
        print("nomenklatura is not installed: logic-v2 is not run")
    if "pairs" in asked:
        for kind, result in pairs().items():
            show(f"pairs, {kind}", result)
        for name, matcher in peers.items():
            show(f"pairs, person, {name}", scored(labelled("person"), matcher))
    if "politicians" in asked:
        show("politicians", politicians())
        for name, matcher in peers.items():
            show(f"politicians, {name}", scored(politician_pairs()[::8], matcher))
    for name, part in (("strangers", strangers), ("tokens", tokens), ("speed", speed),
                       ("mentions", mentions)):  # fmt: skip
        if name in asked:
            show(name, part())


if __name__ == "__main__":
    main()
