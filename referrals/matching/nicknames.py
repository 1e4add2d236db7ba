"""Which given names may be the same person's: short and pet names, and one name in several spellings or tongues.

The groups are in `nicknames.txt`, written from general knowledge of names used in Britain and Ireland: one group
to a line, the fullest form first. A name may stand in several groups (Alex, Sam, Jo). Standing in a group with a
name says "may be", never "is". Stored keys do not depend on the file, so a line may be added at any time.
"""

from functools import lru_cache
from pathlib import Path

NICKNAMES = Path(__file__).with_name("nicknames.txt")


def _groups_by_name() -> dict[str, tuple[tuple[str, ...], ...]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for line in NICKNAMES.read_text(encoding="utf-8").splitlines():
        group = tuple(line.split())
        for name in group:
            found.setdefault(name, []).append(group)
    return {name: tuple(groups) for name, groups in found.items()}


GROUPS = _groups_by_name()


@lru_cache(maxsize=5_000)
def related(name: str) -> frozenset[str]:
    """Every other name the bearer of this plain given name may go by; empty for a name in no group."""
    return frozenset(other for group in GROUPS.get(name, ()) for other in group if other != name)


def is_short_for(short: str, full: str) -> bool:
    """Whether `full` is the fullest form of a group in which `short` stands."""
    return any(group[0] == full and short in group[1:] for group in GROUPS.get(short, ()))
