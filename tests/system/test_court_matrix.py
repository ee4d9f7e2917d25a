# SPDX-License-Identifier: MIT
"""Every kind of court: how linking an account there ends, and what it costs the court."""

import random
import re
import string

import pytest

from support.court_variants import VARIANTS, Variant
from support.filer import ACCOUNT, LOGIN
from support.office import SIGN_ON_HOST, TABLE, Office

# Exit code of each status (csolink(1)).
EXIT = {"ok": 0, "needs_person": 3, "names_differ": 3, "cancelled": 3, "court_error": 75,
        "not_offered": 76, "not_nextgen": 76, "manual_court": 76, "page_not_recognised": 76,
        "rejected": 77, "refused_by_policy": 77}


@pytest.fixture(scope="module")
def office():
    office = Office()
    yield office
    office.end()


def random_name(seed):
    """First, middle initial, last: letters that nobody chose."""
    chance = random.Random(seed)

    def word():
        return "".join(chance.choices(string.ascii_lowercase, k=chance.randint(6, 9))).title()
    return f"{word()} {chance.choice(string.ascii_uppercase)}. {word()}"


def prepare(office, variant):
    """The court as the variant has it, her filing login and her token; returns the court's id."""
    court = variant.court or office.take_court(variant.kind)
    seed = f"{office.court.seed}:{court}"
    print(f"{seed}; CSOLINK_SEED={office.court.seed} repeats the courts and people of this file")
    record, pacer_name = variant.record, variant.pacer_name
    if pacer_name is None:
        pacer_name = ACCOUNT["name"] if "name" in record else random_name(seed)
        record = {"name": pacer_name, **record}
    password = office.open_court(court, traits=variant.traits, **record)
    if TABLE[court]["type"] in ("district", "bankruptcy"):
        office.secrets.add(variant.password)
        office.store_filing_login(court, variant.password or password)
    office.person.configure(confirm=variant.settings.get("confirm"))
    if variant.cold:
        office.sign_off()
    else:
        office.sign_on()
    office.court.world(rotate_tokens=variant.rotates,
                       accounts={LOGIN: {"name": pacer_name}})
    for fault in variant.faults:
        office.fault(court, **fault)
    return court


def link(office, variant, court):
    """Exit code, and what was said."""
    if variant.answers is None:
        result = office.csolink("link", court)
        return result.status, result.out + result.err
    with office.csolink.terminal("link", court) as terminal:
        for question, answer in variant.answers:
            terminal.expect(question)
            terminal.type(answer)
        return terminal.wait(), terminal.text


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda variant: variant.name.replace(" ", "_"))
def test_how_linking_ends_and_what_it_costs(office, variant):
    court = prepare(office, variant)
    with office.watching(court) as seen:
        code, said = link(office, variant, court)
    told = re.search(rf"\b{variant.status if variant.status != 'ok' else 'linked'}\b", said)
    assert (code, bool(told)) == (EXIT[variant.status], True), said
    seen, = seen
    assert seen.violations == []
    assert (seen.submissions, seen.confirmations, seen.linked) == (
        variant.submissions, variant.confirmations, variant.is_linked)
    assert (seen.requests, seen.sign_ons) == (variant.requests, variant.sign_ons)
    if variant.cold:
        assert seen.connections == {TABLE[court]["host"]: 1, SIGN_ON_HOST: 1}


def test_a_confirmation_by_GET_whose_connection_dies_is_sent_once(office):
    variant = Variant("", {"confirmation_method": "get"},
                      faults=({"fault": "truncate", "bytes": 0, "stage": "confirm"},))
    court = prepare(office, variant)
    with office.watching(court) as seen:
        code, said = link(office, variant, court)
    assert (code, "linked" in said) == (0, True), said
    assert (seen[0].submissions, seen[0].confirmations, seen[0].requests) == (1, 1, 6)


@pytest.mark.parametrize("refusal", ["html", "alert_back", "login_attempt_failed"])
def test_a_filing_password_that_was_refused_is_not_sent_again(office, refusal):
    court = prepare(office, Variant("", {"refusal": refusal}, password="Not-The-Filing-Password1"))
    with office.watching(court) as seen:
        assert office.csolink("link", court).status == EXIT["rejected"]
        assert office.csolink("link", court).status == EXIT["rejected"]
    assert seen[0].submissions == 1


def test_a_filing_password_that_brought_no_page_we_know_is_sent_twice_at_most(office):
    """It may have been refused there, and courts count."""
    court = prepare(office, Variant("", {"confirmation": "no_names"}))
    with office.watching(court) as seen:
        codes = [office.csolink("link", court).status for _ in range(3)]
    assert codes == [EXIT["page_not_recognised"]] * 2 + [EXIT["refused_by_policy"]]
    assert seen[0].submissions == 2


def test_a_filing_password_whose_answer_leads_elsewhere_is_sent_twice_at_most(office):
    """The court counts a wrong one before it leads anybody anywhere."""
    leads_away = {"fault": "redirect_foreign", "stage": "submit", "after": True}
    court = prepare(office, Variant("", password="Not-The-Filing-Password1", faults=(leads_away,)))
    with office.watching(court) as seen:
        codes = [office.csolink("link", court).status for _ in range(3)]
    assert codes == [EXIT["refused_by_policy"]] * 3
    assert seen[0].submissions == 2
