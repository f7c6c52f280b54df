"""Beam's own options: checked before anything runs, with the in-process runner as the default."""

import pytest
from apache_beam.options.pipeline_options import DirectOptions, SetupOptions, StandardOptions

from pipeline.options import LOCAL_RUNNER, parse_beam_options
from transforms.errors import UsageError


@pytest.mark.parametrize(
    ("words", "runner"),
    [
        ([], LOCAL_RUNNER),
        (["--runner=DirectRunner"], LOCAL_RUNNER),
        (["--runner", "DirectRunner"], LOCAL_RUNNER),
        (["--runner=directrunner"], LOCAL_RUNNER),
        (["--runner=FnApiRunner"], "FnApiRunner"),
        (["--runner=DataflowRunner", "--project=p"], "DataflowRunner"),
    ],
)
def test_the_runner_is_the_one_in_this_process_unless_another_is_named(words: list[str], runner: str) -> None:
    assert parse_beam_options(words).view_as(StandardOptions).runner == runner


def test_known_flags_pass_through() -> None:
    options = parse_beam_options(["--direct_num_workers=2", "--requirements_file", "r.txt", "--streaming"])
    assert options.view_as(DirectOptions).direct_num_workers == 2
    assert options.view_as(SetupOptions).requirements_file == "r.txt"
    assert options.view_as(StandardOptions).streaming is True


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--runer=DirectRunner"], "Beam has no option '--runer=DirectRunner'; did you mean --runner?"),
        (["--direct_num_worker=2"], "did you mean --direct_num_workers?"),
        (["--run=DirectRunner"], "Beam has no option '--run=DirectRunner'"),  # no abbreviations
        (["--zzzzzz"], "Beam has no option '--zzzzzz'"),
        (["stray"], "Beam has no option 'stray'"),
        (["--direct_num_workers=two"], "Beam options: "),
        (["--direct_num_workers"], "Beam options: "),
    ],
)
def test_a_mistyped_flag_is_an_error_that_names_it(words: list[str], said: str) -> None:
    with pytest.raises(UsageError) as wrong:
        parse_beam_options(words)
    assert said in str(wrong.value)
