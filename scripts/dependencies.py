"""Write docs/dependencies.md from the reasons in the two ``.in`` files; ``--check`` only says whether it is true."""

import re
import sys
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "dependencies.md"
LINE = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)(?P<extras>\[[^]]*\])?(?P<bound>[^#\s]*)\s*(?:#\s*(?P<reason>.*))?$")
PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s\\;]+)", re.MULTILINE)


class Dependency(NamedTuple):
    """One line of an ``.in`` file, with the version that its ``.txt`` pins."""

    name: str
    bound: str
    reason: str
    version: str


def canonical(name: str) -> str:
    """The one spelling under which two names are the same package."""
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(requirements: Path) -> dict[str, str]:
    """Package name to pinned version."""
    return {canonical(name): version for name, version in PIN.findall(requirements.read_text())}


def direct_dependencies(stem: str) -> list[Dependency]:
    """What ``stem.in`` asks for by name. Raises ``ValueError`` at a line it cannot read."""
    pinned = pins(ROOT / f"{stem}.txt")
    found = []
    for line in (ROOT / f"{stem}.in").read_text().splitlines():
        if not line.strip() or line.startswith(("#", "-")):
            continue
        if not (match := LINE.match(line)):
            raise ValueError(f"{stem}.in: {line}")
        name = match["name"] + (match["extras"] or "")
        version = pinned.get(canonical(match["name"]), "")
        found.append(Dependency(name, match["bound"], (match["reason"] or "").strip(), version))
    return found


def page() -> str:
    """The whole of docs/dependencies.md."""
    parts = [
        "# Dependencies and the reason for each\n",
        "Written by `make pins` from `requirements.in` and `requirements-dev.in`. Everything, theirs included, is",
        "pinned with hashes in the two `.txt` files; nothing is installed that they do not name.\n",
    ]
    for title, stem in (
        ("What production runs", "requirements"),
        ("What a developer's machine and CI add", "requirements-dev"),
    ):
        parts += [f"## {title}\n", "| Package | Version | Reason |", "| --- | --- | --- |"]
        for one in direct_dependencies(stem):
            held = f" (held at `{one.bound}`)" if one.bound else ""
            parts.append(f"| {one.name} | {one.version}{held} | {one.reason[:1].upper()}{one.reason[1:]} |")
        parts.append("")
    return "\n".join(parts)


def main() -> int:
    if "--check" in sys.argv[1:]:
        if PAGE.exists() and PAGE.read_text() == page():
            return 0
        print("docs/dependencies.md is not what requirements.in says: run `make pins`.")
        return 1
    PAGE.write_text(page())
    return 0


if __name__ == "__main__":
    sys.exit(main())
