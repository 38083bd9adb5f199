"""Pin every dependency, with hashes and without addresses: requirements/*.lock from pyproject.toml.

Run by `make lock`. uv resolves for every platform and Python from 3.11 on.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
COMMON = [
    *("--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"),
    *("--no-header", "--no-annotate", "--quiet", "--group", "build"),
]


def lock(name: str, *groups: str) -> None:
    """Write requirements/NAME.lock for the core and some dependency groups."""
    wanted = [option for group in groups for option in ("--group", group)]
    target = ROOT / "requirements" / f"{name}.lock"
    command = [sys.executable, "-m", "uv", "pip", "compile", "pyproject.toml", *COMMON, *wanted]
    subprocess.run([*command, "-o", str(target)], cwd=ROOT, check=True)


def main() -> None:
    """Write the three lock files; later ones keep the versions of earlier ones."""
    (ROOT / "requirements").mkdir(exist_ok=True)
    lock("core")
    lock("dev", "dev")
    lock("docs", "dev", "docs")


if __name__ == "__main__":
    main()
