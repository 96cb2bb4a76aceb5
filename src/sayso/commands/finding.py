"""From the arguments of `read` and `show` to the options that find reports."""

from __future__ import annotations

import os
from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from sayso.errors import UsageError
from sayso.read.files import FindOptions
from sayso.read.moments import parse_published
from sayso.settings import Settings


def make_find_options(arguments: Namespace, settings: Settings) -> FindOptions:
    """Return the options of one command; raises UsageError for a date that cannot be read."""
    published = arguments.published
    one_file = len(arguments.paths) == 1 and not os.path.isdir(arguments.paths[0])
    if arguments.url is not None and not one_file:
        raise UsageError("--url: the address of one report; give one file with it")
    if published is not None and parse_published(published) is None:
        raise UsageError(f"--published: {published!r} is not a date; write 2024-04-14, say")
    return FindOptions(
        settings=settings,
        column_map=arguments.map or {},
        outlet=arguments.outlet or None,
        url=arguments.url or None,
        published=published,
    )


def get_given_settings(arguments: Namespace) -> Mapping[str, Any]:
    """Return the settings that the arguments give, by name; None where they give none."""
    return {
        "workers": getattr(arguments, "workers", None),
        "keep_raw": False if getattr(arguments, "no_raw", False) else None,
        "follow_links": arguments.follow_links or None,
        "hidden_files": arguments.hidden_files or None,
    }
