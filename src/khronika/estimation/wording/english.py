"""The words of a report in English; rules stand in the table of rules."""

from collections.abc import Mapping

from khronika.estimation.notes import NOTES
from khronika.estimation.rules import CALIBRATION, RULES
from khronika.estimation.wording.forms import Text

ENGLISH: Mapping[str, Text] = {
    "documented": (
        "At least {n} person is documented.",
        "At least {n} people are documented.",
    ),
    "scope": "What was counted: {scope}",
    "headline.ok": "Estimate: about {low} to {high} people in all, of whom about {few} to {many}"
    " are on no list.",
    "headline.range_only": "Only a range: about {low} to {high} people in all, of whom about {few}"
    " to {many} are on no list.",
    "headline.lower_bound_only": "Only a lower bound: about {low} people or more in all, of whom"
    " about {few} or more are on no list.",
    "headline.ok.zero": "Estimate: up to about {high} people in all, of whom up to about {many} are"
    " on no list.",
    "headline.range_only.zero": "Only a range: up to about {high} people in all, of whom up to"
    " about {many} are on no list.",
    "headline.lower_bound_only.zero": "Only a lower bound, and it is no higher than the number that"
    " is documented.",
    "headline.refused": "No estimate is given.",
    "middle": "Taken one by one, the methods point to between {low} and {high} people.",
    "verdict": "Verdict: {verdict}. {because}",
    "remedy": "What may help: {remedy}",
    "suggest.merge": "What would help: {lists} merged into one would leave enough overlap to"
    " reckon with. Merge only what belongs together.",
    "suggest.leave out": "What would help: {lists} left out, or merged with a list that belongs"
    " with them, since they share nobody with the others.",
    "suggest.fewer": "What may help: lists that belong together (one office, one archive) counted"
    " as one, until {most} or fewer are left; other methods can then join in.",
    "suggest.pairs": "These lists share most people for their size: {pairs}. Whether they belong"
    " together, numbers do not tell.",
    "caution": "The ends of the range are about chance, with a level of {level} for each method."
    " They do not cover a wrong assumption, and no list can show whether an assumption holds.",
    "verdict.ok": "ok",
    "verdict.range_only": "range only",
    "verdict.lower_bound_only": "lower bound only",
    "verdict.refused": "refused",
    "h.lists": "Lists",
    "h.times": "How often people were seen",
    "h.shared": "People whom two lists share",
    "h.pairs": "People whom two lists share, and what the two alone would say",
    "h.side": "Methods side by side",
    "h.assumes": "What each method takes for granted",
    "k.two_list": "two lists",
    "k.loglinear": "log-linear",
    "k.dga": "graphs",
    "k.lcmcr": "classes",
    "h.models": "Log-linear models that fit best",
    "h.simple": "Log-linear models",
    "h.moves": "How far the numbers move",
    "h.parts": "Parts",
    "h.chains": "How well the draws agree",
    "h.made": "How this was made",
    "h.notes": "Notes",
    "c.list": "list",
    "c.people": "people",
    "c.alone": "on it alone",
    "c.empty": "shares nobody with",
    "c.seen": "lists",
    "c.method": "method",
    "c.estimate": "estimate",
    "c.low": "lower",
    "c.high": "upper",
    "c.part": "part",
    "c.verdict": "verdict",
    "c.alone_verdict": "taken alone",
    "c.model": "model",
    "c.weight": "weight",
    "c.change": "change",
    "c.documented": "documented",
    "c.pair": "lists",
    "c.shared": "shared",
    "c.acts": "acts",
    "t.pairs": "The numbers of a pair hold only if its two lists were independent. A dash: fewer"
    " than {needed} people are shared, or the number is under what is documented.",
    "t.empty": (
        "{n} of {pairs} pairs of lists shares nobody.",
        "{n} of {pairs} pairs of lists share nobody.",
    ),
    "t.none": "No method gives a number, for the reason that stands at the top.",
    "t.many_pairs": "{n} pairs are not shown here; the JSON has all.",
    "t.refused": "{method}: {because}",
    "t.no_quote": "The numbers are shown so that the refusal can be checked. None of them is an"
    " estimate to be quoted.",
    "t.models": "Models that fit about as well may differ much; the weights are exp(-BIC/2).",
    "t.numbering": "Lists are numbered as above.",
    "t.moves": "The same methods in a quick form, after a small change. Large moves mean that the"
    " change decides, not the lists.",
    "t.unmerged": "There are more than {most} lists, so no two of them were tried as one.",
    "t.unchanged": "There are more than {most} lists, so none was left out or made one with"
    " another.",
    "t.bound": "≥: a lower bound; there the method has no number.",
    "t.rough": "A number with ~ tells how far the number moves and is no estimate: the chains agree"
    " only roughly there, or some of their draws lie very high.",
    "t.without": "Simple models without a finite estimate on this table: {n} of {tried} that were"
    " tried.",
    "t.xi": "Unseen interaction: the dependence of all lists together, which no table shows; the"
    " log-linear models take it to be 1.",
    "t.theta": "Odds ratio: how much the two lists depend on each other, which two lists cannot"
    " show; 1 is independence, above 1 they tend to have the same people.",
    "v.same": "as it is",
    "v.without": "without {what}",
    "v.merged": "{what} as one list",
    "v.xi": "unseen interaction {what}",
    "v.theta": "odds ratio {what}",
    "v.delta": "graphs, delta {what}",
    "v.classes": "at most {what} classes",
    "v.prior": "capture ~ Beta({what})",
    "v.linkage": "linkage: {what}",
    "chains.agree": "R-hat {rhat}, {ess} effective draws (wanted: at most {most}, at least"
    " {fewest}).",
    "chains.medians": "Medians of the chains: {medians}.",
    "chains.classes": "Classes in use, most often: {classes} of at most {most}.",
    "chains.cap": "Those on no list were capped at {cap} times those documented; {share} of the"
    " draws lie above.",
    "chains.uncapped": "The number of those on no list was not capped.",
    "chains.no_cap": "No cap on those on no list; {share} of the draws lie above {usual} times"
    " those documented, where programs in use cap them.",
    "grid": "Graphs: probability where the grid of numbers ends: {share}.",
    "made.table": "table (SHA-256)",
    "made.seed": "seed",
    "made.linkage": "linkage",
    "made.excluded": "left out",
    "made.settings": "settings",
    "made.versions": "versions",
    "made.unsaid": "not said",
    "made.nobody": "nobody",
    "excluded": (
        "{n} person: {reason}",
        "{n} people: {reason}",
    ),
    "calibration": CALIBRATION,
    "unknown": "-",
    "m.loglinear": "log-linear models",
    "m.dga": "graphs (averaged)",
    "m.lcmcr": "latent classes",
    "m.chao": "Chao's lower bound",
    "m.stepwise": "stepwise on pairs",
    "m.two_list": "two lists",
    "m.pooled loglinear": "log-linear, linkings",
    "m.pooled dga": "graphs, linkings",
    "m.pairs": "two lists at a time",
    "m.poisson2": "people who differ",
    "a.loglinear": "Lists may depend on each other in twos and in larger groups, but not all at"
    " once; apart from that, everybody had the same chance of being on a given list.",
    "a.dga": "Lists depend on each other directly only inside groups that hold together like links"
    " of a chain; everybody had the same chance of being on a given list.",
    "a.lcmcr": "People are of a few kinds; within a kind each list found people independently of"
    " the others, and no kind was out of reach of every list.",
    "a.chao": "No list made it less likely that another list found the same person; the number is"
    " then a lower bound, and nothing more.",
    "a.stepwise": "Lists depend on each other in pairs only, and chance did not choose the pairs.",
    "a.two_list": "The two lists found people independently of each other, and at least one of them"
    " found everybody with the same chance.",
    "a.pooled loglinear": "As log-linear models; and who is who was drawn by its probability.",
    "a.pooled dga": "As graphs; and who is who was drawn by its probability.",
    "a.pairs": "The two lists of each pair found people independently of each other.",
    "n.loglinear": "The log-linear family",
    "n.dga": "The family of graphs",
    "n.lcmcr": "The latent class model",
    "n.stepwise": "Stepwise selection",
    "values.all pairs": "of all pairs of lists",
    "values.independent": "of independent lists",
    "values.none": "none",
    "values.unknown": "unknown",
    "values.no end": "no end",
    "x.not done": "told only as attempted, threatened, planned, possible or denied",
    "x.one name": "known by one word of a name, so that nobody can look for them on another list",
    "x.no date": "of no date that lies wholly within the period",
    "x.no year": "of no date that lies within one year",
    "x.no country": "where the country is not known",
    "x.elsewhere": "in another country",
    "x.before after": "before or after the period",
    "x.several": "in more than one country",
    "x.no publisher": "told only by reports whose publisher is not known",
    "x.left out": "told only by publishers that were left out",
    "x.no list": "on none of the lists",
    "x.unnamed": "tellings of people without a name, whom nobody can recognise on another list",
    "x.groups": "tellings of organisations or authorities, which are no persons",
    "x.copies": "copies, translates or quotes it",
    "x.cites": "names it as its source",
    "x.same": "tells it in the same words, or on the word of the same witness",
    "x.linking": "linking",
    "x.any country": "any country",
    "x.any time": "any time",
    "period.from": "from {first} to {last}",
    "period.since": "since {first}",
    "period.until": "until {first}",
    "p.or": "{one} or {other}",
    "p.nobody": "Nobody is counted: the record tells of no identified person ({scope}).",
    "p.counted": "{people} {lists}: {scope}",
    "p.people": ("{n} person", "{n} people"),
    "p.lists": ("on {n} list", "on {n} lists"),
    "p.small": "Lists that share few people bear no estimate. --small {small} puts the publishers"
    " of fewer people together as one list.",
    "p.one list": "Publishers that are one list",
    "p.repeated": (
        "{n} telling is on another publisher's list, since the report {how}.",
        "{n} tellings are on another publisher's list, since the report {how}.",
    ),
    "p.left out": "Left out",
    "p.linked": "Linked by {linkage}.",
    "p.entry": "{by} as of entry {entry} of the journal",
    "p.unsure": "Linking was not sure whether {pairs} of spellings and {names} are of one person or"
    " of two; who is who was drawn {times} (seed {seed}).",
    "p.pairs": ("{n} pair", "{n} pairs"),
    "p.names": ("{n} common name", "{n} common names"),
    "p.times": ("{n} time", "{n} times"),
    "p.unmoved": "That changed no table.",
    "p.moved": "{people} people in the draws, {tables} different tables; {stricter} with stricter"
    " joins, {looser} with looser ones",
    "p.span": "{low} to {high}",
    "by.total": "All together",
    "by.stratum": "Part: {what}",
    "by.sum": "Draws of the parts are added up, not the ends of their ranges. A part without a"
    " number counts with the people documented in it.",
    "often.headline.lower_bound_only": "Only a lower bound: about {low} people or more in all, of"
    " whom about {few} or more were never recorded.",
    "often.headline.lower_bound_only.zero": "Only a lower bound, and it is no higher than the"
    " number that is documented.",
    "often.headline.refused": "No estimate is given.",
    "often.h.times": "How often people were recorded",
    "often.c.times": "times",
    "often.caution": "The bound is about chance, with a level of {level}. It does not cover a wrong"
    " assumption, and the table cannot show whether an assumption holds.",
    "often.no_quote": "The numbers are shown so that it can be seen how far a supposition moves"
    " them. None of them is an estimate to be quoted.",
    "often.chao": "People may differ in how easily they are recorded, but being recorded once made"
    " nobody less likely to be recorded again; the number is then a lower bound, and nothing more.",
    "often.poisson2": "People differ in how easily they are recorded in the one way that this model"
    " supposes, and being recorded once made nobody more or less likely to be recorded again.",
    **{f"note.{name}": text for name, text in NOTES.items()},
    **{f"r.{rule.id}": rule.sentence for rule in RULES.values()},
    **{f"rt.{rule.id}": rule.told for rule in RULES.values() if rule.told},
    **{f"rr.{rule.id}": rule.remedy for rule in RULES.values() if rule.remedy},
}
