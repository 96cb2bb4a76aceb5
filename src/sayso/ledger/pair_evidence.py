"""What reports say of pairs of names: what makes them firm, or stands against it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection

from sayso.ledger.pair_company import Companies
from sayso.ledger.short_names import stands_alone
from sayso.records.evidence import Evidence

# An acronym that stands alone in more reports than so many times those that explain it is known to
# readers as something else: the one that needs no explanation.
ALONE_TO_EXPLAINED = 30
# A short name stands in so many times the reports at most in which the longer one stands too; one
# of more reports than MAX_SHORT is known by itself.
SHORT_TO_BOTH, MAX_SHORT = 2, 1_000
# Somebody named in more than so many times the reports of a "Jr." of that name is another.
PLAIN_TO_JUNIOR = 8

# So many names beside a rarer spelling, and such a share of them, stand beside the other one in
# other reports, where a letter is amiss or a first name is left out; and where a middle name is. Of
# some sixty pairs of one letter in 2,260 US reports those with a quarter or more were one person
# each; the nearest two people have .16.
SAME_COMPANY, SAME_COMPANY_SHARE = 4, 0.25
SURE_COMPANY_SHARE = 0.4
SOME_COMPANY, SOME_COMPANY_SHARE = 3, 0.12

# A state's body, with the state and without.
BODY_COMPANY, BODY_SHARE = 5, 0.2

# Father and son are two if either has so many names beside him and none stands beside both; other
# names are not one then if so many are beside each.
NO_COMPANY, STRANGERS = 15, 12

# Reports of a name whose offices are looked at, by id.
MAX_OFFICES = 200

_PAIRS = """
    SELECT first, second, acronym FROM name_pair
      WHERE first IN (SELECT value FROM json_each(?1))
    UNION
    SELECT first, second, acronym FROM name_pair
      WHERE second IN (SELECT value FROM json_each(?1))
"""
_ACRONYM = f"""
    UPDATE name_pair SET firm = coalesce((
      SELECT count(DISTINCT e.report_id) * {ALONE_TO_EXPLAINED} >= other.reports
      FROM name own JOIN name other ON other.name_no IN (first, second)
        AND other.name_no <> own.name_no
        JOIN local_entity e ON e.name_no = own.name_no, json_each(e.spellings) one
      WHERE own.name_no IN (first, second)
        AND fold_name(json_extract(one.value, '$[0]')) = other.name_key
      GROUP BY other.name_no ORDER BY 1 DESC LIMIT 1
    ), 0)
    WHERE first = ? AND second = ?
"""
# Of the two names the shorter one; as an entity of its own beside the longer, or as its spelling.
_SHORT = f"""
    UPDATE name_pair SET firm = coalesce((
      SELECT own.reports <= {MAX_SHORT}
        AND NOT EXISTS (SELECT 1 FROM local_entity WHERE name_no = own.name_no AND type = 'place')
        AND own.reports <= {SHORT_TO_BOTH} * (
          (SELECT count(DISTINCT e.report_id) FROM local_entity e JOIN local_entity l
             ON l.report_id = e.report_id AND l.name_no = longer.name_no
           WHERE e.name_no = own.name_no)
          + (SELECT count(DISTINCT e.report_id) FROM local_entity e, json_each(e.spellings) one
             WHERE e.name_no = longer.name_no
               AND fold_name(json_extract(one.value, '$[0]')) = own.name_key))
      FROM name own JOIN name longer ON longer.name_no IN (first, second)
        AND length(longer.name_key) - length(replace(longer.name_key, ' ', ''))
          > length(own.name_key) - length(replace(own.name_key, ' ', ''))
      WHERE own.name_no IN (first, second)
    ), 0)
    WHERE first = ? AND second = ?
"""
_HEADLESS = """
    UPDATE name_pair SET firm = NOT EXISTS (
      SELECT 1 FROM local_entity WHERE name_no IN (first, second) AND type = 'place'
    )
    WHERE first = ? AND second = ?
"""
_GENERATION = f"""
    UPDATE name_pair SET firm = (
      SELECT max(reports) <= {PLAIN_TO_JUNIOR} * min(reports) FROM name
      WHERE name_no IN (first, second)
    )
    WHERE first = ? AND second = ?
"""
_HAVE_ONE_OFFICE = " INTERSECT ".join(
    f"""
      SELECT lower(json_extract(role.value, '$[0]')) office FROM (
        SELECT roles FROM local_entity WHERE name_no = name_pair.{one}
        ORDER BY report_id LIMIT {MAX_OFFICES}
      ), json_each(roles) role
      WHERE office LIKE '_% _%' AND office NOT LIKE '%.' -- no "president", "Maj. Gen."
    """
    for one in ("first", "second")
)
_OFFICE = f"""
    UPDATE name_pair SET firm = EXISTS ({_HAVE_ONE_OFFICE}) WHERE first = ? AND second = ?
"""
_BOTH = """
    EXISTS (
      SELECT 1 FROM local_entity one JOIN local_entity other
        ON other.report_id = one.report_id AND other.name_no = name_pair.second
      WHERE one.name_no = name_pair.first)
"""
_APART = f"UPDATE name_pair SET firm = NOT {_BOTH} WHERE first = ? AND second = ?"
_TOGETHER = f"UPDATE name_pair SET firm = {_BOTH} WHERE first = ? AND second = ?"
_MISPRINT = f"""
    UPDATE name_pair SET firm = (
      (SELECT min(reports) = 1 FROM name WHERE name_no IN (first, second)) AND {_BOTH}
    ) OR EXISTS ({_HAVE_ONE_OFFICE})
    WHERE first = ? AND second = ?
"""
_BESIDE = """
    UPDATE name_pair SET beside = EXISTS (
      SELECT 1 FROM local_entity one JOIN local_entity other
        ON other.report_id = one.report_id AND other.name_no = name_pair.second
      WHERE one.name_no = name_pair.first AND one.entity_id <> other.entity_id
    )
    WHERE firm = 1 AND first = ? AND second = ?
"""
_HAVE_OFFICE = f"SELECT EXISTS ({_HAVE_ONE_OFFICE}) FROM name_pair WHERE first = ? AND second = ?"
# Of two names the longer one is an initial longer, or is not the rarer one.
_LONGER = """
    SELECT longer.name_key LIKE '_ %' OR longer.reports >= max(own.reports, 2)
    FROM name own JOIN name longer ON longer.name_key LIKE '% ' || own.name_key
    WHERE own.name_no IN (?1, ?2) AND longer.name_no IN (?1, ?2)
"""
_OF = {
    Evidence.ACRONYM: _ACRONYM,
    Evidence.SHORT: _SHORT,
    Evidence.OWN: _SHORT,
    Evidence.GENERATION: _GENERATION,
    Evidence.MISPRINT: _MISPRINT,
    Evidence.HEADLESS: _HEADLESS,
    Evidence.OFFICE: _OFFICE,
    Evidence.APART: _APART,
    Evidence.TOGETHER: _TOGETHER,
}
_MAKE_FIRM = "UPDATE name_pair SET firm = ? WHERE first = ? AND second = ?"
_KEPT = {
    Evidence.SLIP: (SAME_COMPANY, SAME_COMPANY_SHARE),
    Evidence.FIRST: (SAME_COMPANY, SAME_COMPANY_SHARE),
    Evidence.COMPANY: (SOME_COMPANY, SOME_COMPANY_SHARE),
    Evidence.BODY: (BODY_COMPANY, BODY_SHARE),
}
_IF_NO_STRANGERS = (
    *(Evidence.STRANGERS, Evidence.ACRONYM, Evidence.HEADLESS, Evidence.OWN),
    *(Evidence.OFFICE, Evidence.APART),
)
# Of which places tell nothing: what is short for many things stands in reports from anywhere.
_SHORT_FORMS = (Evidence.ACRONYM, Evidence.OWN)
_IS_FIRM = "SELECT firm FROM name_pair WHERE first = ? AND second = ?"


def update_evidence(connection: sqlite3.Connection, numbers: Collection[int]) -> None:
    """Look up anew what reports say of the pairs of these names: whether they show what the pair
    needs; and whether one takes the names of a firm pair for two.
    """
    given = (json.dumps(sorted(numbers)),)
    pairs = connection.execute(_PAIRS, given).fetchall()
    for need, statement in _OF.items():
        connection.executemany(statement, [(a, b) for a, b, needs in pairs if needs == need])
    companies = Companies(connection)
    for first, second, needs in pairs:
        if needs in _KEPT:
            _weigh_company(connection, companies, (first, second), Evidence(needs))
        elif needs == Evidence.GENERATION:
            if companies.are_strangers(first, second, NO_COMPANY):
                connection.execute(_MAKE_FIRM, (False, first, second))
        elif needs == Evidence.STRANGERS or (
            needs == Evidence.OWN and stands_alone(connection, companies, first, second)
        ):
            connection.execute(_MAKE_FIRM, (True, first, second))
        if needs in _IF_NO_STRANGERS and _ask(connection, _IS_FIRM, (first, second)):
            places = needs not in _SHORT_FORMS
            if companies.are_strangers(first, second, STRANGERS, places=places):
                connection.execute(_MAKE_FIRM, (False, first, second))
    connection.executemany(_BESIDE, [(a, b) for a, b, _ in pairs])


def _weigh_company(
    connection: sqlite3.Connection, companies: Companies, pair: tuple[int, int], need: Evidence
) -> None:
    """Make a pair firm if the names beside both, or one office, show that they are one."""
    company = companies.measure(*pair)
    firm = company.is_kept(*_KEPT[need]) or _ask(connection, _HAVE_OFFICE, pair)
    if need is Evidence.SLIP and company.both:
        # The one report that has it has the other too, or they are hardly two there.
        firm = company.reports == 1 or company.is_kept(SAME_COMPANY, SURE_COMPANY_SHARE)
    elif need is Evidence.FIRST:
        firm = firm and not company.both and _ask(connection, _LONGER, pair)
    connection.execute(_MAKE_FIRM, (firm, *pair))


def _ask(connection: sqlite3.Connection, statement: str, pair: tuple[int, int]) -> bool:
    row = connection.execute(statement, pair).fetchone()
    return row is not None and bool(row[0])
