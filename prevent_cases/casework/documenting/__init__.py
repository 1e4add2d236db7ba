"""Pages about the code that the code writes itself, so that they cannot go stale unnoticed."""

from collections.abc import Callable

from prevent_cases.casework.documenting import clocks, permissions, procedures, traceability, workflows

PAGES: dict[str, Callable[[], str]] = {
    "workflows.md": workflows.page,
    "clocks.md": clocks.page,
    "procedures.md": procedures.page,
    "permissions.md": permissions.page,
    "traceability.md": traceability.page,
}
"""Each page's file name, and what writes it."""
