"""Pictures of a record: frozen values in, SVG text out, and PNG of it.

Each picture comes with a title, a summary in words and the same data as rows of a table, since
nobody should need the picture. Nothing here reads a clock, a setting or a font of the system.
"""

from khronika.publish.pictures.look import DARK, LIGHT, Look, Theme
from khronika.publish.pictures.picture import ENGLISH, Picture, Words
from khronika.publish.pictures.png import png

__all__ = ["DARK", "ENGLISH", "LIGHT", "Look", "Picture", "Theme", "Words", "png"]
