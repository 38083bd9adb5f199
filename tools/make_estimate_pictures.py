"""Makes the pictures of the page on estimates again, from an invented table.

python tools/make_estimate_pictures.py
"""

from pathlib import Path

from khronika.estimation import CaptureTable, chao, dga, lcmcr, loglinear, stepwise, two_list
from khronika.publish.pictures import png
from khronika.workflows.estimate_pictures import estimate_pictures

IMAGES = Path(__file__).parent.parent / "docs" / "images"
LISTS = ("Hospital", "Press", "Families", "Monitors")
# Invented: people on exactly the lists marked 1, in the order above.
COUNTS = {
    "1000": 214,
    "0100": 187,
    "0010": 131,
    "0001": 64,
    "1100": 58,
    "1010": 39,
    "1001": 17,
    "0110": 52,
    "0101": 13,
    "0011": 12,
    "1110": 21,
    "1101": 6,
    "1011": 5,
    "0111": 7,
    "1111": 3,
}


def main() -> None:
    """Estimate and draw."""
    rows = [[*LISTS, "count"], *([*history, str(count)] for history, count in COUNTS.items())]
    table = CaptureTable.from_counts(rows)
    found = [
        loglinear(table, ci="bca", seed=1),
        dga(table),
        lcmcr(table, seed=1),
        chao(table),
        stepwise(table, seed=1),
        two_list(table, "Hospital", "Press"),
    ]
    for name, picture in estimate_pictures(table, found).items():
        (IMAGES / f"estimate-{name}.png").write_bytes(png(picture.svg))
        print(f"docs/images/estimate-{name}.png")


if __name__ == "__main__":
    main()
