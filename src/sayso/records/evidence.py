"""What reports have to show before two names are joined without a person's word."""

from __future__ import annotations

from enum import IntEnum


class Evidence(IntEnum):
    """NOTHING: the names say enough. ACRONYM: that one stands for the other. SHORT: that a short
    name goes with the longer one; HEADLESS: that it is no place's, no more. GENERATION: that nobody
    is much better known by the name without "Jr.", that no report has both, and that some name
    stands beside either. MISPRINT: that a family name is in one report in two spellings, or what
    OFFICE needs: that both are called by one office ("Kestrian foreign minister"). APART: that no
    report has both. TOGETHER: that one has both.

    SLIP: that a letter is amiss: the one spelling is of one report, which has the other too; or one
    office, or the same other names beside both. FIRST: that a first name is left out: an office or
    the same names, and that the longer one is no rare one. COMPANY: one office, or some of the same
    names. OWN: what SHORT needs, or that the short name stands for an organisation by itself.
    STRANGERS: that not everybody named beside the one is a stranger to the other; asked of most
    others that names make firm too, unless the names are only printed in another way. BODY: some
    of the same names, of a state's body with the state and without.
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
    SLIP = 9
    FIRST = 10
    COMPANY = 11
    OWN = 12
    STRANGERS = 13
    BODY = 14
