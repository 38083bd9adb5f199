"""Pin every dependency, with hashes and without addresses: requirements/*.lock from pyproject.toml.

Run by `make lock`. uv resolves for every platform and Python from 3.11 on.
"""

import subprocess
import sys
import tomllib
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


# What pymorphy3 stands on. The rest of what natasha asks for is never imported, and one of it has
# no wheel, so the lock file of the extra is installed with --no-deps.
BESIDE = {
    "russian": ["dawg2-python>=0.8"],
    "ukrainian": ["dawg2-python>=0.8"],
    "estimation": ["llvmlite"],  # what numba stands on
}


def lock_extra(name: str) -> None:
    """Write requirements/NAME.lock: an extra's own packages, none of theirs, wheels only."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["optional-dependencies"][name], *BESIDE[name]]
    target = ROOT / "requirements" / f"{name}.lock"
    command = [sys.executable, "-m", "uv", "pip", "compile", "-", *COMMON[:-2], "--no-deps"]
    subprocess.run(
        [*command, "--only-binary", ":all:", "-o", str(target)],
        cwd=ROOT,
        check=True,
        input="\n".join(wanted),
        text=True,
    )


def main() -> None:
    """Write the lock files; later ones keep the versions of earlier ones."""
    (ROOT / "requirements").mkdir(exist_ok=True)
    lock_extra("russian")
    lock_extra("ukrainian")
    lock_extra("estimation")
    lock("core")
    lock("dev", "dev")
    lock("docs", "dev", "docs")


if __name__ == "__main__":
    main()
