"""Round numbers along an axis."""


def steps(most: float, wanted: int) -> tuple[int, ...]:
    """Whole numbers from 0 in even steps, the last not below `most`: (0, 5, 10, 15)."""
    top = max(1, round(most + 0.499))
    size = 1
    for power in range(12):
        for lead in (1, 2, 5):
            size = lead * 10**power
            if size * wanted >= top:
                return tuple(range(0, size * -(-top // size) + 1, size))
    return (0, size * wanted)
