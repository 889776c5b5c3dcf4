"""Whether a person with a politician's name gets the politician's identifier."""

from __future__ import annotations

import pytest

import quoth

JOHNSON, SCOTT, SANDERS = "Q19880665", "Q561315", "Q359442"
PENCE, TRUMP, PELOSI = "Q24313", "Q22686", "Q170581"


def identifiers(nlp: quoth.Pipeline, text: str) -> list[str | None]:
    return [e.kb_id_ for e in nlp(text).entities if e.label_ == "PERSON"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("House Speaker Mike Johnson said the bill would pass.", [JOHNSON]),
        ("Mike Johnson (R-La.) opposed the plan.", [JOHNSON]),
        ("Mike Johnson, R-La., opposed the plan.", [JOHNSON]),
        ("Mike Johnson, who ran for the Senate, returned.", [JOHNSON]),
        ("The Republican front-runner, Tim Scott, arrived.", [SCOTT]),
        ("Tim Scott’s campaign paid for the flight.", [SCOTT]),
        ("Gov. Mike Pence signed the bill.", [PENCE]),
        ("Sen. Bernie Sanders (Vt.) spoke to voters.", [SANDERS]),
        # Nothing tells, but nobody else is called so.
        ("Donald Trump played golf with his son.", [TRUMP]),
        # Nothing beside the name tells, but the text is about the politics of the country.
        ("Mike Johnson spoke first. Then the Senate voted.", [JOHNSON]),
        ("Nancy Pelosi and Tim Scott spoke first.", [PELOSI, SCOTT]),
        # The later mention tells.
        ("Tim Scott waved. Senator Scott said little.", [SCOTT]),
    ],
)
def test_politicians(nlp: quoth.Pipeline, text: str, expected: list[str | None]) -> None:
    assert identifiers(nlp, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Mike Johnson, a farmer from Iowa, said he would vote for the Republican candidate.",
        "Farmer Mike Johnson said that Congress had forgotten him. Johnson grows corn.",
        "Rick Scott, 54, of Tampa, lost his house in the storm. He blamed the Senate.",
        "Tim Scott, the owner of the shop, said the Republicans on the council were wrong.",
        "Detective Tim Scott of the Metropolitan Police said two men were held.",
        "The singer Al Green performed in Memphis.",
        "Mike Johnson scored twice as Leeds beat York.",
        "Adam Smith wrote about the division of labour.",
    ],
)
def test_namesakes(nlp: quoth.Pipeline, text: str) -> None:
    assert identifiers(nlp, text) == [None]


def test_the_callers_own_term_stays() -> None:
    nlp = quoth.load("en").with_terms("PERSON", ["Mike Johnson"], kb_id="Q1")
    assert identifiers(nlp, "Farmer Mike Johnson grows corn.") == ["Q1"]
