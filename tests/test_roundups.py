import pytest

from transforms.stories.roundups import is_roundup

SHOOTING = "A man of 24 was shot dead outside a nightclub on Wharf Street in Port City early on Sunday, police said."
LABELLED = (
    "MALI - The army has not said more about the drone. \n\nIRAQ - A bomber killed six people on Thursday.\n\n"
    "COLOMBIA - Lorry drivers will block the ports from June."
)
UPDATED = "UPDATE: He was named as Daniel Osei. RELATED: The van was found. WATCH: The mayor speaks. " + SHOOTING


@pytest.mark.parametrize(
    ("title", "text", "is_one"),
    [
        ("News in brief", SHOOTING, True),
        ("World news summary", SHOOTING, True),
        ("Two dead, five hurt in weekend shootings", SHOOTING, True),
        ("Teens hurt in separate shootings", SHOOTING, True),
        ("FACTBOX - From the mill to the quay", SHOOTING, True),
        ("Timeline: bombings in the north since 2012", SHOOTING, True),
        ("The week", LABELLED, True),
        ("Violence", "One person was killed and four were wounded in five separate shootings. " + SHOOTING, True),
        ("Man, 24, shot dead outside nightclub", SHOOTING, False),
        ("Man shot dead at weekend party", SHOOTING, False),
        ("Timeline: how deputies came to the house four times", SHOOTING, False),
        ("In brief talks, ministers agree on grain", SHOOTING, False),
        ("Nightclub killing: police seek van", UPDATED, False),
        ("", "", False),
    ],
)
def test_round_ups(title, text, is_one):
    assert is_roundup(title, text) is is_one
