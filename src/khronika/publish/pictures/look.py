"""How a picture looks: its colours, by light or by dark, and the width it is drawn for."""

from dataclasses import dataclass

NARROW = 600  # below this a picture is drawn for a phone


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours of a picture.

    Words have a contrast of at least 4.5:1 to the paper, marks of 3:1; neighbours in a stack are
    told apart by their hatching, never by colour alone.
    """

    name: str
    paper: str
    ink: str
    quiet: str
    line: str
    accent: str
    land: str
    border: str
    shades: tuple[str, ...]  # of countries, fewest first
    fills: tuple[str, ...]  # of kinds, in the order of the legend
    rest: str  # the fill of all other kinds


LIGHT = Theme(
    name="light",
    paper="#fbfaf7",
    ink="#1d1f23",
    quiet="#5a5f68",
    line="#d5d2c9",
    accent="#a33b00",
    land="#ece9e1",
    border="#b9b6ac",
    shades=("#cfe4e9", "#aed1da", "#8bbcc9", "#68a6b6", "#4490a3"),
    fills=(
        *("#0b5568", "#b3541e", "#5b7f1c", "#7a4a9e", "#a3742a", "#2f7fb8", "#b23a5f"),
        "#4e5a64",
    ),
    rest="#85868b",
)
DARK = Theme(
    name="dark",
    paper="#15171a",
    ink="#e9e7e2",
    quiet="#a9adb5",
    line="#3a3e45",
    accent="#ffb27a",
    land="#24282d",
    border="#4a4f57",
    shades=("#1a3a44", "#1c4755", "#1f5466", "#226176", "#256f87"),
    fills=(
        *("#6fc0d4", "#e79a66", "#a5c55f", "#bd97dd", "#dcb469", "#7fb9ec", "#f08fac"),
        "#a7b3bd",
    ),
    rest="#80868f",
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """The theme of a picture, and how wide it is, in pixels of a page."""

    theme: Theme = LIGHT
    width: int = 1112

    @property
    def narrow(self) -> bool:
        """True for a phone."""
        return self.width < NARROW
