r"""The grammar of expressions of time: regular expressions over the letters of `words.LETTERS`.

A text is first written as one letter a word ("on Tuesday, 14 March 2023" is `iW,dMY`), so that a
pattern is short, linear and the same for every language. `POINTS` find what stands for itself;
`COMPOUNDS` then build on those, which are `P` (a date), `A` (beside another date), `U` (a length).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from khronika.text.dates.building import (
    Build,
    beside_report,
    calendar_date,
    clock,
    day_range,
    decade,
    edge_of_period,
    exactly,
    feast,
    first_in_custody,
    holiday,
    impossible,
    narrative_unit,
    numeric,
    offset,
    period,
    plain,
    quarter,
    relative_day,
    weekday,
    weekend,
    year_alone,
    year_beside,
    year_range,
    year_told,
)
from khronika.text.dates.compounding import (
    eve,
    from_date,
    from_other,
    interval_of,
    modified,
    modified_period,
    night_to,
    part_of_day_told,
    since,
    spanned,
    with_clock,
    with_part,
)
from khronika.text.dates.expressions import DateExpression, Kind, Modifier
from khronika.text.dates.stretches import (
    day_after,
    day_of_month,
    day_of_week,
    day_told,
    from_today,
    half,
    nth_day,
    part_of,
    part_told,
    season_told,
    told,
    units_before,
    vague_offset,
    week_with,
    weekday_from,
)
from khronika.text.dates.words import Word

YEAR = r"(?:[,-]?z?t?(?P<Y>[Yy])j?|,?i?z?t?(?P<by>[lxhe])j)"
LIST = r"(?:,[do]){1,9},?"  # '3, 4 and 5 May'
WEEKDAY = r"(?:(?P<W>W),?i?t?)?"
WEEKDAY_BEHIND = r"(?:,n(?P<W2>W)|\((?P<W3>W)\))?"  # '5 July 2018, a Thursday'
# A month or season alone is a date only after one of these words.
ALONE = r"(?<=[is@|b<>f~2vEDGw&(k])"
ALONE_THE = r"(?<=[is@b|<>f2vEDGw&zk]t)"

# The same group in another branch.
NAMES = {"S2": "S", "r2": "r", "by2": "by", "C2": "C", "O2": "O", "W2": "W", "W3": "W"}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression over letters and what to make of the words that its groups hold."""

    letters: re.Pattern[str]
    build: Build
    only: str = ""  # "month first": read only where "May 5" is a date; "other": only elsewhere

    def read(self, words: Sequence[Word], match: re.Match[str]) -> DateExpression | None:
        """The expression that the words of a match make, or None."""
        groups = {
            NAMES.get(name, name): words[match.start(name)]
            for name, part in match.groupdict().items()
            if part
        }
        return self.build(groups, words[match.start()].start, words[match.end() - 1].end)


def _p(letters: str, build: Build, only: str = "") -> Pattern:
    return Pattern(re.compile(letters), build, only)


POINTS = (
    _p(r"(?:(?P<W>W),?t?)?(?P<N>N)", numeric),
    _p(
        WEEKDAY + r"t?(?P<d>[do])[z-]?(?P<M>[MJ])(?:" + YEAR + r")?" + WEEKDAY_BEHIND,
        calendar_date,
    ),
    _p(
        WEEKDAY + r"(?P<M>[MJ])t?(?P<d>[do])(?:,?(?P<Y>[Yy])|,?(?P<by>[lxh])j)?" + WEEKDAY_BEHIND,
        calendar_date,
        "month first",
    ),
    _p(r"(?P<M>[MJ])" + YEAR, calendar_date),
    _p(r"(?P<by>[lxhe])(?P<M>M)", beside_report),
    _p(r"(?P<d>n)(?P<M>[MJ])" + YEAR, impossible),
    _p(r"(?P<d>d)\.(?P<M>[MJ])" + YEAR, calendar_date, "other"),  # '«05» мая 2021 года'
    _p(r"t?(?P<d>[od])z(?P<by>[lxheXV])(?P<u>u)", day_of_month),
    _p(r"(?<=i)t(?P<d>o)(?=[,.;:)i&3tn<>bvfs|]|$)", day_told),
    _p(r"(?<=i)t(?P<o>o)(?P<u>[up])(?![zc])", nth_day),
    _p(ALONE + r"(?P<M>M)(?![A-Z])", calendar_date),
    _p(r"(?P<d1>[do])(?:[-2&|</]t?)(?P<d>[do])z?(?P<M>[MJ])(?:" + YEAR + r")?", day_range),
    _p(r"(?P<d1>[do])" + LIST + r"&t?(?P<d>[do])z?(?P<M>[MJ])(?:" + YEAR + r")?", day_range),
    _p(r"(?P<d1>[do])[i@](?P<d>[do])(?P<M>[MJ])(?:" + YEAR + r")?", day_range, "other"),
    _p(
        r"(?P<M>[MJ])(?P<d1>[do])" + LIST + r"&(?P<d>[do])(?:,?(?P<Y>[Yy]))?",
        day_range,
        "month first",
    ),
    _p(r"(?P<M>[MJ])(?P<d1>[do])[-2&](?P<d>[do])(?:,?(?P<Y>[Yy]))?", day_range, "month first"),
    _p(r"(?P<M1>M)[-2&|](?P<M>M)(?:" + YEAR + r")?", day_range),
    _p(r"(?<=[is@|b<>f~2vEDGFwz&])(?P<Y1>Y)[-2/|](?P<Y2>[Ydn])j?", year_range),
    _p(r"(?<=[iv])(?P<Y1>Y)&(?P<Y2>Y)j?", year_range),
    _p(r"(?P<bare>(?P<Y1>Y))[-2/|](?P<Y2>[Ydn])j?", year_range),
    _p(r"t?(?P<o>o)-?(?P<u>u)(?:" + YEAR + r")?", quarter),
    _p(r"(?P<E>[EDG])t?(?P<u>[uj])", edge_of_period),
    _p(r"(?P<H>H)(?:" + YEAR + r")?", holiday),
    _p(r"(?P<H>5)(?:" + YEAR + r")?", feast),
    _p(r"(?P<S>S)(?:z?i?t?(?P<Y>[Yy])j?|i?z?t?(?P<by>[lxhe])j)", calendar_date),
    _p(r"(?P<by>[lxh])(?P<S>[SZ])", beside_report),
    _p(r"(?P<by>a)(?P<S>S)|(?P<S2>S)(?P<by2>a)", calendar_date),
    _p(r"(?P<S>Z)(?:z?i?t?(?P<Y>[Yy])j?|i?z?t?(?P<by>[lxhe])j)", calendar_date),
    _p(ALONE + r"(?P<S>S)|" + ALONE_THE + r"(?P<S2>S)", calendar_date, "month first"),
    _p(r"(?P<S>S)", calendar_date, "other"),
    _p(r"(?:h(?=l))?(?P<r>[lxh])?(?P<W>W)(?P<p>p)?", weekday),
    _p(r"(?P<W>W)[zi@]?t?(?P<by>[lxhe])(?P<u>u)", day_of_week),
    _p(r"t?(?P<r>[XV])(?P<W>W)(?P<p>p)?", weekday),
    _p(r"t(?P<W>W)(?P<L>[<>])", weekday_from),
    _p(r"t?(?P<r>X)(?P<S>[SZ])|t(?P<r2>x)(?P<S2>[SZ])", season_told),
    _p(r"(?P<by>[lx])(?P<M1>M)[-2&](?P<M>M)", day_range),
    _p(r"s(?=[.,;:)]|$)", told(Modifier.SINCE), "month first"),
    _p(r"(?P<q>q)(?P<p>p)?", relative_day),
    _p(r"h(?P<p>p)", relative_day),
    _p(r"(?P<n>[nd])(?P<u>[uj])g", offset(Kind.AGO, -1)),
    _p(r"(?P<n>[nd])(?P<u>[uj])(?P<L>[LB])", offset(Kind.NARRATIVE, 1)),
    _p(r"(?P<u>[uj])g", offset(Kind.AGO, -1), "other"),
    _p(r"(?P<u>[uj])(?P<L>[LB])", offset(Kind.NARRATIVE, 1), "other"),
    _p(r"(?P<u>[uj])g", vague_offset(Kind.AGO), "month first"),
    _p(r"(?P<u>[uj])[LB]", vague_offset(Kind.NARRATIVE), "month first"),
    _p(r"(?P<p>p)(?P<L>[LB])", day_after, "other"),
    _p(r"=", told(Modifier.SINCE)),
    _p(r"%", told(Modifier.BY)),
    _p(r"(?P<n>[nd])(?P<u>u)(?P<L>[LB])2t(?P<exact>u)", exactly),
    _p(r"(?P<L>L)(?P<n>[nd])?(?P<u>[uj])(?!>)", offset(Kind.NARRATIVE, 1), "other"),
    _p(r"(?:t?(?P<r>[XV])|(?P<r2>e))(?P<u>[ujp])", narrative_unit),
    _p(r"t(?P<r>x)(?P<u>[ujp])", narrative_unit),
    _p(r"(?P<r>x)(?P<u>p)", narrative_unit, "other"),
    _p(r"(?P<r>[lxh])(?P<u>[uj])(?!z)", period, "month first"),
    _p(r"(?P<r>[lxh])(?P<u>[uj])(?!M)", period, "other"),
    _p(r"[iv]t(?P<u>u)", weekend),
    _p(r"(?:vt?|it)l(?P<n>[nd])?(?P<u>[uj])(?!z)", offset(Kind.WINDOW, -1)),
    _p(r"[vi]?t?l(?P<n>[nd])(?P<u>[uj])", offset(Kind.WINDOW, -1)),
    _p(r"v?r(?P<n>[nd])(?P<u>[uj])", offset(Kind.WINDOW, -1)),
    _p(r"t?r[uj]?", plain(Kind.VAGUE)),
    _p(r"(?P<a>a)", year_beside),
    _p(r"(?P<n>[nd])-?(?P<u>[uj])(?!-?!)", offset(Kind.DURATION, 1)),
    _p(r"(?P<o>o)(?P<n>[nd])?(?P<u>[up])c", first_in_custody),
    _p(r"[iv]t(?P<j>j)(?![Yy])", year_told),
    _p(r"(?P<T>T)(?P<O>[OIm])?|(?P<h>d)(?P<O2>[OIm])|Q[nd]", clock),
    _p(r"(?<=[ib~])(?P<h>[nd])it(?P<p>p)", clock),
    _p(r"(?P<C>C)j?|(?<=[tEDG])-?(?P<C2>9)j?", decade),
    _p(r"(?P<C>9)j", decade, "other"),
    _p(r"(?<=[is@|b<>f~2vEDGFwz&(S])(?:t?j)?(?P<Y>Y)j?", year_alone),
    _p(r"j?(?P<Y>Y)j", year_alone),
    _p(r"(?P<bare>(?P<Y>Y))", year_alone),
)


NARRATED = r"(?=[,.;:)]|$)"  # "the week before." speaks of the date told before

COMPOUNDS = (
    _p(r"t?(?P<u>u)z(?P<P>P)", week_with),
    _p(r"t?(?P<o>[olG])(?P<u>u)zt?(?P<P>[PA])", part_of),
    _p(r"(?P<o>[ol])(?P<u>u)(?P<P>[PA])", part_of, "other"),
    _p(r"[do]?z?K[nYd]?,?\((?P<P>P)\)", spanned),
    _p(r"[do]z?K[nYd]?|K[nYd]", plain(Kind.FOREIGN)),
    _p(r"(?P<p>p)[2@](?P<P>P)", night_to, "other"),
    _p(r"(?P<p>p)i(?P<P>P)", with_part, "other"),
    _p(r"(?P<p>p)z?t?(?P<P>P)", with_part),
    _p(r"(?P<p>p)i(?P<P>P)", with_part, "month first"),
    _p(r"(?P<p>p)i(?P<P>A)", part_of_day_told, "month first"),
    _p(r"t(?P<p>p)(?P<L>[<>])" + NARRATED, part_told),
    _p(r"(?P<P>P)(?P<p>p)", with_part, "other"),
    _p(r"k[zt ]{0,4}(?P<P>P)", eve),
    _p(r"v(?P<u>[uj])<h", units_before(Kind.NARRATIVE), "other"),
    _p(r"v(?P<u>[uj])<(?P<P>P)", units_before(Kind.OFFSET), "other"),
    _p(r"v(?P<u>[uj])<", units_before(Kind.EVENT), "other"),
    _p(r"(?P<U>U)(?P<L>[<>])t?(?P<P>P)", from_date),
    _p(r"(?P<U>U)f(?P<P>P)", from_today),
    _p(r"(?P<U>U)(?P<L>[<>])(?:[eh](?=[,.;:)t3]|$)|" + NARRATED + ")", from_other(Kind.NARRATIVE)),
    _p(r"(?P<U>U)(?P<L>[<>])(?![uj])", from_other(Kind.EVENT)),
    _p(r"t(?P<u>[uj])(?P<L>[<>])" + NARRATED, from_other(Kind.NARRATIVE)),
    _p(r"t(?P<u>[uj])(?P<L>[<>])", from_other(Kind.EVENT)),
    _p(r"(?P<u>[uj])[<>](?![eh])", plain(Kind.EVENT)),  # 'hours after the vote'
    _p(r"v(?P<u>[uj])z", plain(Kind.EVENT)),  # 'within hours of the vote'
    _p(r"k(?=\+)", from_other(Kind.EVENT)),
    _p(r"k" + NARRATED, from_other(Kind.NARRATIVE)),
    _p(r"k", from_other(Kind.NARRATIVE), "other"),
    _p(r"k", from_other(Kind.EVENT), "month first"),
    _p(r"w(?P<P>P)&(?P<Q>P)", interval_of),
    _p(r"(?P<f>[fs])(?P<P>P)[-2<|](?P<Q>P)", interval_of),
    _p(r"(?P<f>[fs])(?P<P>P)@(?P<Q>P)", interval_of, "other"),
    _p(r"(?P<P>P)[-2](?P<Q>P)", interval_of),
    _p(r"(?P<P>P),?i?~?(?P<C>C)", with_clock),
    _p(r"(?P<C>C),?i?(?P<P>P)", with_clock),
    _p(r"t?(?P<o>[oGl])Ft?(?P<P>[PA])", half),
    _p(r"Et?(?P<P>P)", modified(Modifier.EARLY)),
    _p(r"Dt?(?P<P>P)", modified(Modifier.MID)),
    _p(r"Gt?(?P<P>P)", modified(Modifier.LATE)),
    _p(r"Et?(?P<P>A)", modified_period(Modifier.EARLY)),
    _p(r"Dt?(?P<P>A)", modified_period(Modifier.MID)),
    _p(r"Gt?(?P<P>A)", modified_period(Modifier.LATE)),
    _p(r"s(?P<P>[PA])", since),
    _p(r"<(?P<P>P)", modified(Modifier.BEFORE)),
    _p(r">(?P<P>P)", modified(Modifier.AFTER)),
    _p(r"b(?P<P>P)", modified(Modifier.BY)),
    _p(r"b(?P<P>A)", modified_period(Modifier.BY)),
    _p(r"<(?P<P>A)", modified_period(Modifier.BEFORE)),
    _p(r"\|(?P<P>A)", modified_period(Modifier.UNTIL)),
    _p(r"\|(?P<P>P)", modified(Modifier.UNTIL)),
    _p(r"~i?(?P<P>P)", modified(Modifier.AROUND)),
)
