"""A hook of MkDocs: every page in docs/decisions is in the menu, by its first line."""

from pathlib import Path
from typing import Any

DECISIONS = Path(__file__).parents[1] / "docs" / "decisions"


def on_config(config: Any) -> Any:
    """Add the decisions below the menu that mkdocs.yml gives."""
    pages = [
        {page.read_text("utf-8").partition("\n")[0].lstrip("# "): f"decisions/{page.name}"}
        for page in sorted(DECISIONS.glob("*.md"))
    ]
    config["nav"] = [*config["nav"], {"Decisions": pages}]
    return config
