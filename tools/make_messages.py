"""Brings the catalogues of the interface up to date with what the pages say.

    python tools/make_messages.py            rewrite them; new messages are empty
    python tools/make_messages.py --missing  print what has no translation yet

Kinds of act are messages, too: their labels come from the codebook.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from khronika.codebook import load

WEB = Path(__file__).parent.parent / "src" / "khronika" / "web"
PICTURES = WEB.parent / "publish" / "pictures"
KEYWORDS = {"_": None, "N_": None, "gettext": None, "say": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2.ext:babel_extract")]
OPTIONS = {"templates/**.html": {"newstyle_gettext": "true", "trimmed": "true", "silent": "false"}}
LANGUAGES = ("ru", "uk")


def messages() -> Catalog:
    """Everything that the pages say."""
    found = Catalog(fuzzy=False)
    said = extract_from_dir(
        str(WEB), METHODS, OPTIONS, keywords=KEYWORDS, comment_tags=(), strip_comment_tags=True
    )
    drawn = extract_from_dir(str(PICTURES), [("**.py", "python")], keywords=KEYWORDS)
    for _, _, message, _, context in (*said, *drawn):
        found.add(message, context=context)
    for kind in load().kinds.values():
        found.add(kind.label)
        found.add(kind.group)
    return found


def updated(language: str) -> Catalog:
    """The catalogue of a language with today's messages; what is said no more is dropped."""
    path = WEB / "locale" / language / "khronika.po"
    old = read_po(BytesIO(path.read_bytes()), locale=language) if path.is_file() else None
    made = Catalog(locale=language, project="Khronika", fuzzy=False)
    for message in sorted(messages(), key=lambda each: str(each.id)):
        if not message.id:
            continue
        known = old.get(message.id, message.context) if old is not None else None
        made.add(message.id, known.string if known else None, context=message.context)
    return made


def untranslated(catalogue: Catalog) -> list[object]:
    """The messages that lack a translation, or one of its plural forms."""
    return [
        message.id
        for message in catalogue
        if message.id
        and not (all(message.string) if isinstance(message.string, tuple) else message.string)
    ]


def save(made: Catalog, language: str) -> None:
    """Write a catalogue, without dates or places in files, so that it changes with its words."""
    path = WEB / "locale" / language / "khronika.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    written = BytesIO()
    write_po(written, made, width=0, omit_header=True, no_location=True)
    head = (
        'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n'
        f'"Language: {language}\\n"\n"Plural-Forms: {made.plural_forms}\\n"\n\n'
    )
    path.write_text(head + written.getvalue().decode(), encoding="utf-8")


def main() -> None:
    """Rewrite the catalogues, or print what they lack."""
    for language in LANGUAGES:
        made = updated(language)
        if "--missing" in sys.argv:
            print(language, *untranslated(made), sep="\n  ")
            continue
        save(made, language)
        print(f"{language}: {len(untranslated(made))} of {len(made)} to translate")


if __name__ == "__main__":
    main()
