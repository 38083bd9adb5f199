"""Probabilities of fillers where no model gives them: shares of the act's, by rule of thumb.

For coders that are not calibrated yet (Russian, Ukrainian, a language model). The shares are what
the development reports in English come to; `tools/train_confidence.py` can learn better ones for a
coder as soon as enough reports in its language are coded by hand.
"""

from dataclasses import replace

from khronika.model.acts import Act, Involvement, Role, When, Where

ROLES = {
    Role.VICTIM: 0.88,
    Role.PERPETRATOR: 0.86,
    Role.ALLEGED_PERPETRATOR: 0.84,
    Role.INTERVENER: 0.9,
    Role.ADDRESSEE: 0.92,
    Role.SIGNATORY: 0.92,
    Role.SOURCE: 0.88,
}
STATED = "stated"
DATES = {True: 0.95, False: 0.8}  # stated with the act, or reckoned and carried over
PLACES = {True: 0.85, False: 0.75}  # one that the gazetteer knows, or not
MOST = 0.99


def filled_in(act: Act) -> Act:
    """The act with a probability for each filler that has none."""
    sure = act.confidence
    return replace(
        act,
        involvements=tuple(_involved(each, sure) for each in act.involvements),
        when=_dated(act.when, sure),
        where=tuple(_placed(each, sure) for each in act.where),
    )


def scaled(act: Act, sure: float) -> Act:
    """The act as sure as given, and its fillers as much more or less sure as it is."""
    factor = sure / act.confidence if act.confidence > 0 else 0.0

    def changed(confidence: float | None) -> float | None:
        return None if confidence is None else round(min(MOST, sure, confidence * factor), 3)

    return filled_in(
        replace(
            act,
            confidence=round(sure, 3),
            involvements=tuple(
                replace(each, confidence=changed(each.confidence)) for each in act.involvements
            ),
            when=replace(act.when, confidence=changed(act.when.confidence)),
            where=tuple(replace(each, confidence=changed(each.confidence)) for each in act.where),
        )
    )


def _involved(one: Involvement, sure: float) -> Involvement:
    if one.confidence is not None:
        return one
    return replace(one, confidence=round(sure * ROLES[one.role], 3))


def _dated(when: When, sure: float) -> When:
    if when.confidence is not None or not when.edtf:
        return when
    return replace(when, confidence=round(sure * DATES[when.basis == STATED], 3))


def _placed(where: Where, sure: float) -> Where:
    if where.confidence is not None:
        return where
    return replace(where, confidence=round(sure * PLACES[where.geonameid is not None], 3))
