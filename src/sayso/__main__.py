"""`python -m sayso` is the command `sayso`."""

from __future__ import annotations

import sys

from sayso.cli import main

if __name__ == "__main__":
    sys.exit(main())
