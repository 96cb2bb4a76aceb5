"""What reports must show before two names are one; people and organisations are invented."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.link.resolve import ORGANISATION, PERSON, weigh_across, weigh_pair
from sayso.records.evidence import Evidence

NOTHING = Evidence.NOTHING


@pytest.mark.parametrize(
    ("a", "b", "needs"),
    [
        ("Sovan", "Sovan Institution", Evidence.OWN),
        # firm by themselves, unless reports speak against it
        ("Kestwick Harbour Fund", "Kestwick Harbour Fund Group", Evidence.STRANGERS),
        ("Kestwick Harbour Fund", "Kestwick Harbor Fund", Evidence.STRANGERS),
        ("Harbour Police Fund", "Harbour Police Fund Group", NOTHING),  # not firm
        ("U.S. Harbour Police", "United States Harbour Police", NOTHING),  # printed in another way
        ("Ostvik Harbour Safety", "Ostvik Harbour Safety Committee", Evidence.SHORT),
        ("Sovan of Ostvik Food Bank", "Ostvik Food Bank", NOTHING),
        ("Texas Sovan State", "Texas Sovan State University", Evidence.HEADLESS),
        ("Sovan", "Sovan.com", Evidence.OWN),
        ("Sovan.org", "Sovan.com", NOTHING),
        ("Sova", "SOVA Corp.", Evidence.TOGETHER),
        ("Sova Inc.", "SOVA Corp.", Evidence.TOGETHER),
        ("Iran’s IRGC", "Iranian IRGC", NOTHING),
        ("Sovan News", "Sovan.com", Evidence.OWN),
        # a state's body with the state
        ("State Department", "U.S. State Department", Evidence.BODY),
        ("Harbour Department", "US Department of Harbour", Evidence.BODY),
        ("District Court", "U.S. District Court", NOTHING),
        ("Foreign Ministry", "Iran Foreign Ministry", NOTHING),
        ("Council on Harbours", "Europe Council on Harbours", NOTHING),
        ("Senate Harbour Affairs", "Senate Harbour Affairs Committee", Evidence.HEADLESS),
        ("Senate Harbour", "Senate Harbour Committee", Evidence.SHORT),
        ("Harbour Safety", "Department of Harbour Safety", Evidence.SHORT),
        # a state before one of its bodies
        (
            "Kestwick Harbour Safety Council",
            "US Kestwick Harbour Safety Council",
            Evidence.HEADLESS,
        ),
        ("Senate Harbour Committee", "U.S. Senate Harbour Committee", Evidence.HEADLESS),
        ("Council on Harbour Safety", "European Council on Harbour Safety", Evidence.SHORT),
        ("Center for Harbour Safety", "German Center for Harbour Safety", Evidence.SHORT),
        ("Security Council", "German Security Council", NOTHING),
        # a name by itself, with what it is and without, with its article and without
        ("Sovan", "Sovan News", Evidence.OWN),
        ("Sovan Bay", "Sovan Bay Hotel", Evidence.OWN),
        ("al-Sovaida", "Sovaida Front", Evidence.OWN),
        ("al-Sovaida", "Sovaida", Evidence.OWN),
        ("al-Sovaida", "al-Sovaida TV", Evidence.OWN),
        ("Sovan & Co.", "Sovan University", Evidence.SHORT),
        ("National Defense", "National Defense University", Evidence.SHORT),
        ("US National Harbour", "US National Harbour Council", Evidence.SHORT),
        ("Harbour Police", "Harbour Police Department", Evidence.SHORT),
        ("Senate Harbour Services", "Senate Harbour Services Committee", Evidence.HEADLESS),
        (
            "Sovan Harbour Trade Center",
            "Sovan Harbour Trade Center for Sailors",
            Evidence.HEADLESS,
        ),
        ("Sovan Harbour Trade Center", "Sovan Harbour Trade Center Police", NOTHING),
        # whose, not what
        ("Sovan", "Sovan Police", NOTHING),
        ("Sovan Valley", "Sovan Valley Radio", NOTHING),
        ("Sovan University", "Sovan University Institute", NOTHING),
        # what a state body is for
        ("Interior", "Interior Ministry", NOTHING),
        ("Harbours", "Department of Harbours", NOTHING),
        # each country has one
        ("Foreign Ministry", "Iranian Foreign Ministry", NOTHING),
        ("HSB", "Harbour Safety Board", Evidence.ACRONYM),
        ("al-Sovaida", "Al Sovayda", Evidence.TOGETHER),
        ("al-Sovaida", "al-Brandt", NOTHING),
    ],
)
def test_organisations(a: str, b: str, needs: Evidence) -> None:
    for one, other in ((a, b), (b, a)):
        weight = weigh_pair(one, other, ORGANISATION)
        assert (NOTHING if weight is None else weight.needs) is needs
        assert (
            weight is None
            or not weight.firm
            or needs in (NOTHING, Evidence.ACRONYM, Evidence.STRANGERS)
        )


@pytest.mark.parametrize(
    ("a", "b", "needs"),
    [
        ("Mira Sovan", "Mira Sovan Jr.", Evidence.GENERATION),
        ("Odo Brandt", "Odo Brandt III", Evidence.GENERATION),
        ("Odo Brandt Jr.", "Odo Brandt Jr.", NOTHING),
        ("Odo P. Brandt Jr.", "Odo Brandt", Evidence.OFFICE),
        ("Michael Brandt Jr.", "Mike Brandt", Evidence.OFFICE),
        ("Lu Lingzi", "Lingzi Lu", Evidence.APART),
        ("Odo Berglund", "Odo Beglund", Evidence.SLIP),
        ("Odo Berglund", "Odo Berqlud", Evidence.MISPRINT),
        ("Odo Berglund", "Odo Bergunld", Evidence.SLIP),
        ("Odo Berglund", "Odo Bergdanl", NOTHING),
        ("Harry Sovan", "Larry Sovan", NOTHING),  # two given names
        ("Ida Halvor", "Ida Halvors", Evidence.OFFICE),  # a family
        ("Odo Berglund", "Oda Beglund", NOTHING),
        ("Odo Kestria", "Odo Kestrian", Evidence.OFFICE),
        ("Odo Hale", "Odo Hall", Evidence.OFFICE),
        ("Odo P. Berglund", "Odo P. Beglund", Evidence.SLIP),
        ("Odo P. Berglund Jr.", "Odo Beglund", Evidence.SLIP),
        ("Odo Berglund", "Odo Berglund Odo", Evidence.OFFICE),
        ("Justin Odo Berglund", "Odo Berglund", Evidence.FIRST),  # a son, perhaps
        ("R. Justin Berglund", "Justin Berglund", Evidence.FIRST),
        ("Timothy Hale Berglund", "Timothy Berglund", Evidence.COMPANY),
        ("Wasim Hale Berglund", "Wasim Berglund", Evidence.STRANGERS),
        ("Mike Berglund", "Michael Berglund", Evidence.STRANGERS),
        ("Odo P. Berglund", "Odo Berglund", NOTHING),  # printed in another way
        ("Odo BerglundBerglund", "Odo BerglundBerglund Odo", Evidence.OFFICE),  # not firm
        ("Bingbing Berglund", "Bingbing Jana Berglund", Evidence.STRANGERS),
        ("Andrew Clay", "Andrew Clayton", NOTHING),  # a family name is short for none
        ("Clay Berglund", "Clayton Berglund", Evidence.STRANGERS),
        ("Odo Brandt Jr. Odo", "Odo Brandt", NOTHING),  # nor firm
        ("Odo Berglund", "Berglund Odo Hale", NOTHING),
    ],
)
def test_people(a: str, b: str, needs: Evidence) -> None:
    for one, other in ((a, b), (b, a)):
        weight = weigh_pair(one, other, PERSON)
        assert (NOTHING if weight is None else weight.needs) is needs


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Iraqi military", "Iran's military"),
        ("Labour", "Labor"),
        ("Defence", "Defense"),
        ("Harbour Olympic", "Harbour Olympians"),
        ("S.D.", "SD"),
        ("pro-EU", "pro-European Union"),
        ("Sovan’s America", "Sovan-America"),
        ("WATCHED U.S.", "WATCHED American"),
        ("al-Sovad", "Al Sovaad"),
        ("Sea Stone", "Sea Stones"),  # a magazine, a band
        ("National Harbour", "National Harbour Agency"),
        ("Harbour Safety", "Harbour Safety Affairs"),
        ("ON HSB", "HSB"),
        ("Harbour Council of the", "Harbour Council"),
        ("US Agency", "U.S. Agency"),
        ("SOVAN ON AMERICA", "Sovan-America"),
        ("state Harbour Safety Court", "Harbour Safety Court"),
        ("Iran's Harbour Safety Council", "Harbour Safety Council"),
        ("North Korea's Harbour Safety Council", "Harbour Safety Council"),
        ("Women's Harbour Safety League", "Harbour Safety League"),
        ("Sovan's Foreign Ministry", "Foreign Ministry"),
    ],
)
def test_what_is_nearly_one_word_is_two(a: str, b: str) -> None:
    weight = weigh_pair(a, b, ORGANISATION)
    assert weight is None or not weight.firm


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Syrian military", "Syria's military", ORGANISATION),
        ("Iraqi military", "Iraq's military", ORGANISATION),
        ("Voice of America", "Voice of American", ORGANISATION),
        ("U.K.", "United Kingdom", ORGANISATION),
        ("Harbour Labour Union", "Harbor Labor Union", ORGANISATION),
        ("Al Nasrin Front", "Nasrin Front", ORGANISATION),
        ("Mira Sovan’s", "Mira Sovan", PERSON),
        ("Odo Sovan's Harbour Safety Council", "Harbour Safety Council", ORGANISATION),
        ("UN’s World Harbour Organisation", "World Harbor Organization", ORGANISATION),
        ("this Blue Harbour", "Blue Harbour", ORGANISATION),
        ("civilian Harbour Safety Department", "Harbour Safety Department", ORGANISATION),
        ("St. Sovan Church", "St. Sovans Church", ORGANISATION),
        ("Joint Harbour Union", "Joint Harbours Union", ORGANISATION),
        ("United Nation", "United Nations", ORGANISATION),
        ("SenateHarbour Committee", "Senate Harbour Committee", ORGANISATION),
        ("Harbor-Times", "HarborTimes", ORGANISATION),
        ("O.T. Brandtson", "OT Brandtson", PERSON),
        ("MiraSovan", "Mira Sovan", PERSON),
    ],
)
def test_what_is_one_stays_so(a: str, b: str, kind: str) -> None:
    weight = weigh_pair(a, b, kind)
    assert weight is not None
    assert weight.firm


def test_half_a_korean_given_name_is_not_enough() -> None:
    half = weigh_pair("Kim Min", "Kim Hae Min", PERSON)
    assert half is not None
    assert not half.firm


def test_an_acronym_that_everybody_knows_is_no_other_body() -> None:
    known = weigh_pair("NSA", "National Security Agency", ORGANISATION)
    assert known is not None
    assert known.firm
    assert weigh_pair("NSA", "National Sailors Association", ORGANISATION) is None


@pytest.mark.parametrize(
    ("a", "b", "kind"),
    [
        ("Mohammed Daniel Khan", "Daniel Khan", PERSON),
        ("Mohamed Adam Hassan", "Adam Hassan", PERSON),
        ("al-CARE", "al-CARE Party", ORGANISATION),
        ("Al-Sovaida", "Al-Sovaida Movement", ORGANISATION),
        ("SOVA Corp.", "Sova Inc.", ORGANISATION),
        ("Amazon.com", "Amazon.com Inc.", ORGANISATION),
    ],
)
def test_which_name_comes_first_plays_no_part(a: str, b: str, kind: str) -> None:
    assert weigh_pair(a, b, kind) == weigh_pair(b, a, kind)


def test_a_company_and_its_site_with_a_legal_form_are_one() -> None:
    weight = weigh_pair("Sovan.com", "Sovan.com, Inc.", ORGANISATION)
    assert weight is not None and weight.firm


_PART = st.sampled_from(
    (
        *("al-", "Mike", "Michael", "Daniel", "Mohammed", "Hale", "Sovan", "Ali", "Clay", "Jr."),
        *("of", "Council", "Party", "News", "Kestria", "US", "Ministry", "Corp.", "SOVA", "the"),
        *("Sovan.com", "al", "El"),
    )
)


@given(a=st.lists(_PART, min_size=1, max_size=4), b=st.lists(_PART, min_size=1, max_size=4))
def test_pairs_are_weighed_the_same_either_way(a: list[str], b: list[str]) -> None:
    one, other = (" ".join(parts).replace("al- ", "al-") for parts in (a, b))
    for kind in (PERSON, ORGANISATION):
        assert weigh_pair(one, other, kind) == weigh_pair(other, one, kind)
    assert weigh_across(one, other) == weigh_across(other, one)
