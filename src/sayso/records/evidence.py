"""What reports have to show before two names are joined without a person's word."""

from __future__ import annotations

from enum import IntEnum


class Evidence(IntEnum):
    """NOTHING: the names say enough. ACRONYM: that one stands for the other. SHORT: that a short
    name goes with the longer one; HEADLESS: that it is no place's, no more. GENERATION: that nobody
    is much better known by the name without "Jr.", and no report has both. MISPRINT: that a family
    name is in one report in two spellings, or what OFFICE needs: that both are called by one office
    ("Kestrian foreign minister"). APART: that no report has both. TOGETHER: that one has both.
    """

    NOTHING = 0
    ACRONYM = 1
    SHORT = 2
    GENERATION = 3
    MISPRINT = 4
    HEADLESS = 5
    OFFICE = 6
    APART = 7
    TOGETHER = 8
