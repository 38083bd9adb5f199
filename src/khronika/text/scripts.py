"""Scripts that write a name without blanks: Chinese characters and Hangul, cut into words."""

from functools import lru_cache

from anyascii import anyascii

_TWO = frozenset(
    "欧阳 歐陽 司马 司馬 诸葛 諸葛 上官 司徒 东方 東方 皇甫 尉迟 慕容".split()
    + "남궁 황보 제갈 선우".split()
)
# Hangul surnames as they are usually written in Latin letters, where that is not letter by letter.
_SURNAMES = {"김": "Kim", "이": "Lee", "박": "Park", "최": "Choi", "정": "Jung", "조": "Cho",
             "윤": "Yoon", "임": "Lim", "신": "Shin", "유": "Yoo", "노": "Roh", "우": "Woo",
             "구": "Koo", "주": "Joo", "문": "Moon", "손": "Son", "백": "Paik", "리": "Ri",
             "류": "Ryu", "강": "Kang", "고": "Ko", "권": "Kwon"}  # fmt: skip


@lru_cache(maxsize=16384)
def unspaced(piece: str) -> tuple[str, ...]:
    """A name without blanks cut into surname and given name, romanised; else the piece itself.

    Args:
        piece: a stretch without white space: `毛泽东` gives `Mao` and `Zedong`.
    """
    if not 2 <= len(piece) <= 4 or not all(_is_east_asian(letter) for letter in piece):
        return (piece,)
    cut = 2 if piece[:2] in _TWO and len(piece) > 2 else 1
    surname = _SURNAMES.get(piece[:cut]) or _romanised(piece[:cut])
    return (surname, _romanised(piece[cut:]))


def _is_east_asian(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff" or "\uac00" <= letter <= "\ud7a3"


def _romanised(text: str) -> str:
    return anyascii(text).replace(" ", "").capitalize()
