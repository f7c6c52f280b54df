"""A gate: the answers on the sample newsroom are as good as they were (see `quality.py`)."""

import json

import pytest
import quality


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    return quality.measure(tmp_path_factory.mktemp("quality") / "out")


@pytest.mark.parametrize(("name", "floor"), sorted(json.loads(quality.FLOORS.read_text()).items()))
def test_no_figure_falls_below_its_floor(name, floor, measured):
    assert measured[name] >= floor, f"lower floors only on purpose: python -m tests.quality --lower ({measured})"


def test_every_figure_has_a_floor(measured):
    assert measured.keys() == json.loads(quality.FLOORS.read_text()).keys()
