"""PNG of an SVG, with the fonts of the package and no others."""

import resvg_py

from khronika.publish.pictures.fonts import FAMILY, font_files


def png(svg: str, scale: float = 1.0) -> bytes:
    """Draw a picture in so many dots a pixel."""
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        skip_system_fonts=True,
        font_files=list(font_files()),
        font_family=FAMILY,
        sans_serif_family=FAMILY,
        zoom=scale,
    )
