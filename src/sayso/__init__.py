"""sayso: who said what in news reports, each entry pointing at the characters it came from.

    import sayso

    findings = sayso.annotate("“We will vote in May,” the minister said.", published="2024-03-02")
    ledger = sayso.open_ledger("news.sayso")

Importing this package costs milliseconds: every name is loaded when it is first used, and the
language pipeline only by `annotate` and `find_sayings`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sayso.errors import (
        LedgerBusyError,
        LedgerError,
        NotFoundError,
        ReadError,
        SaysoError,
        SettingsError,
        StorageError,
        UsageError,
    )
    from sayso.ledger.ledger import Ledger, open_ledger
    from sayso.link.same_name import NameMatch, same_name
    from sayso.records.assertion import Assertion
    from sayso.records.entity import LocalEntity, Mention, Role
    from sayso.records.figure import AsOf, DateMention, Figure
    from sayso.records.findings import Findings
    from sayso.records.report import Failure, Published, Report
    from sayso.records.span import Fragments
    from sayso.records.statement import Speaker, Statement
    from sayso.run.annotating import annotate
    from sayso.run.questions import compare_wording, find_sayings, trace_origins

    __version__: str

__all__ = [
    "AsOf",
    "Assertion",
    "DateMention",
    "Failure",
    "Figure",
    "Findings",
    "Fragments",
    "Ledger",
    "LedgerBusyError",
    "LedgerError",
    "LocalEntity",
    "Mention",
    "NameMatch",
    "NotFoundError",
    "Published",
    "ReadError",
    "Report",
    "Role",
    "SaysoError",
    "SettingsError",
    "Speaker",
    "Statement",
    "StorageError",
    "UsageError",
    "__version__",
    "annotate",
    "compare_wording",
    "find_sayings",
    "open_ledger",
    "same_name",
    "trace_origins",
]

_HOMES = {
    "sayso.errors": (
        "LedgerBusyError LedgerError NotFoundError ReadError SaysoError SettingsError StorageError"
        " UsageError"
    ),
    "sayso.ledger.ledger": "Ledger open_ledger",
    "sayso.link.same_name": "NameMatch same_name",
    "sayso.records.assertion": "Assertion",
    "sayso.records.entity": "LocalEntity Mention Role",
    "sayso.records.figure": "AsOf DateMention Figure",
    "sayso.records.findings": "Findings",
    "sayso.records.report": "Failure Published Report",
    "sayso.records.span": "Fragments",
    "sayso.records.statement": "Speaker Statement",
    "sayso.run.annotating": "annotate",
    "sayso.run.questions": "compare_wording find_sayings trace_origins",
}


def __getattr__(name: str) -> Any:
    if name == "__version__":
        value: Any = _find_version()
    else:
        for home, names in _HOMES.items():
            if name in names.split():
                value = getattr(importlib.import_module(home), name)
                break
        else:
            raise AttributeError(f"module 'sayso' has no attribute {name!r}")
    globals()[name] = value  # the next use does not come here
    return value


def _find_version() -> str:
    metadata = importlib.import_module("importlib.metadata")
    try:
        return str(metadata.version("sayso"))
    except metadata.PackageNotFoundError:
        return "unknown (run from source, not installed)"


def __dir__() -> list[str]:
    return sorted(set(globals()) | set(__all__))
