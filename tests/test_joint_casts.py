"""Who and whom of an event, from what several articles tell of each."""

import pytest

from transforms.events.joint_casts import cast_jointly
from transforms.records import Actor, Claim

NOBODY = Claim(**dict.fromkeys(Claim._fields))
SECTORS = {"gunman": "UAF", "officers": "COP", "Oslo police": "COP", "soldiers": "MIL", "Norway": "GOV"}


def person(told):
    """ "Ann Lee" is a name, "a man" is not; "Lee=Ann Lee" is written so and known so."""
    text, _, name = told.partition("=")
    is_name = text[0].isupper() and not text.split()[-1].islower()
    return Actor(
        name or (text if is_name else None),
        text.removeprefix("a "),
        "NOR" if "Oslo" in text else None,
        SECTORS.get(text, "CVL"),
    )


def cast(*claims, event_type="ASSAULT", mode=None, killed=None):
    """The names in both parts; a claim is "who > whom", with commas between people."""
    ranked = []
    for number, claim in enumerate(claims):
        who, whom = ([person(each) for each in side.split(", ") if each] for side in claim.split(" > "))
        made = NOBODY._replace(article_id=str(number), event_type=event_type, event_mode=mode, killed=killed)
        ranked.append(made._replace(actors=who, recipients=whom))
    return tuple([each.name or each.text for each in side] for side in cast_jointly(ranked, {}))


@pytest.mark.parametrize(
    "claims, who, whom",
    [
        ([" > a 14-year-old boy", " > a teenager"], [], ["14-year-old boy"]),  # of two descriptions the better claim's
        ([" > a 14-year-old boy", " > five teenagers"], [], ["five teenagers"]),  # or of that which counts more
        ([" > a 14-year-old boy", " > Max Fox"], [], ["Max Fox"]),
        ([" > Max Fox", " > Ann Lee"], [], ["Max Fox", "Ann Lee"]),  # one has a name that the other lacks
        ([" > Max Fox, a woman", " > Max Fox"], [], ["Max Fox", "woman"]),  # a claim tells them apart
        ([" > soldiers", " > Max Fox"], [], ["soldiers", "Max Fox"]),  # he may be no soldier
        (["gunman > Max Fox", "Tom Roe > Max Fox"], ["Tom Roe"], ["Max Fox"]),
        ([" > Savonie McNeil", " > Savonnie McNeil", " > Savonnie McNeil"], [], ["Savonnie McNeil"]),
        ([" > Devante Laray Akins", " > Devante Larry Atkins"], [], ["Devante Larry Atkins"]),
        ([" > Ann Price Jr.", " > Anne Price"], [], ["Ann Price Jr."]),
        ([" > Sarah Grieg, Sara Greig", " > Sarah Grieg"], [], ["Sarah Grieg", "Sara Greig"]),  # told as two
        ([" > Tom Fox", " > Tim Fox"], [], ["Tom Fox", "Tim Fox"]),
        ([" > Ann Price Jr.", " > Anne Price Sr."], [], ["Ann Price Jr.", "Anne Price Sr."]),
        (["Tom Roe > Ann Lee"] + 4 * ["Max Fox > Ann Lee"], ["Max Fox"], ["Ann Lee"]),  # one of many
        (["Tom Roe > Ann Lee"] + 3 * ["Max Fox > Ann Lee"], ["Tom Roe", "Max Fox"], ["Ann Lee"]),  # and of few
        ([" > Tom Roe"] + 4 * [" > Ann Lee"], [], ["Tom Roe", "Ann Lee"]),  # a name that the others lack
        (["Max Fox > Ann Lee", " > Ann Lee, Max Fox", " > Max Fox"], [], ["Ann Lee", "Max Fox"]),  # most say so
        (["Max Fox > Ann Lee", " > Max Fox"], ["Max Fox"], ["Ann Lee"]),  # the better one says so
        (["Max Fox > Max Fox", "Max Fox > "], ["Max Fox"], ["Max Fox"]),  # he shot himself
    ],
)
def test_each_has_one_part_and_one_name(claims, who, whom):
    assert cast(*claims) == (who, whom)


def test_officers_of_one_article_are_the_police_of_another():
    assert cast("officers > Max Fox", "Oslo police > Max Fox", event_type="COERCE") == (["Oslo police"], ["Max Fox"])
    assert cast("officers, Oslo police > Max Fox", event_type="COERCE") == (["Oslo police", "officers"], ["Max Fox"])


def test_bare_soldiers_are_the_army_of_a_land_that_is_told_with_them_and_who_suffers_is_not_left_out():
    forces = Actor(None, "Malian forces", "MLI", "MIL")
    bare, herders = Actor(None, "soldiers", None, "MIL"), Actor(None, "herders", None, "CVL")
    told = {"article_id": "a", "event_type": "ASSAULT"}
    who, whom = cast_jointly([NOBODY._replace(**told, actors=(forces, bare), recipients=(herders,))], {})
    assert (who, whom) == ((forces,), (herders,))
    who, whom = cast_jointly([NOBODY._replace(**told, actors=(herders,), recipients=(forces, bare))], {})
    assert (who, whom) == ((herders,), (forces, bare))


def test_what_is_said_is_told_with_others_in_each_article():
    claims = ["Max Fox > Norway", "Max Fox, Tim Roe > Sweden", "Max Fox, Ann Lee > Sweden"]
    assert cast(*claims, event_type="ACCUSE", mode="disapprove") == (["Max Fox"], ["Norway", "Sweden"])
    assert cast("lawmakers > ", "Senate > Max Fox", event_type="REJECT") == (["Senate"], ["Max Fox"])


def test_copies_of_one_text_have_one_voice():
    claim = NOBODY._replace(event_type="ASSAULT", actors=(), recipients=())
    fox = person("Max Fox")
    ranked = [
        claim._replace(article_id="a", actors=(fox,)),
        claim._replace(article_id="b", recipients=(fox,)),
        claim._replace(article_id="c", recipients=(fox,), copy_of="b"),
    ]
    assert cast_jointly(ranked, {}) == ((fox,), ())


@pytest.mark.parametrize("killed, whom", [(1, ["Ann Lee"]), (2, ["Tom Roe", "Ann Lee"])])
def test_whom_one_of_many_claims_names_is_a_victim_only_if_one_is_missing(killed, whom):
    assert cast(" > Tom Roe", *4 * [" > Ann Lee"], killed=killed) == ([], whom)
