"""What is in deploy/ agrees with the code, with itself, and with the forms that Google's tools ask for."""

import json
import pathlib
import re
import shutil
import subprocess
import sysconfig

import dataflow
import hcl2
import jsonschema
import pytest

from deploy import make
from pipeline.cli import main
from pipeline.config import load_config
from pipeline.launch import NOT_OFFERED, settings, words_of
from pipeline.words import make_parser

DEPLOY = pathlib.Path(make.__file__).parent
TERRAFORM = sorted((DEPLOY / "terraform").glob("*.tf"))
DOCKERFILE = (DEPLOY / "Dockerfile").read_text("utf-8")
TEMPLATE = json.loads((DEPLOY / "template.json").read_text("utf-8"))
PARAMETERS = {parameter["name"]: parameter for parameter in TEMPLATE["parameters"]}


@pytest.fixture(scope="module")
def terraform():
    """All of the Terraform as one: block kind -> blocks, names without their quotes."""
    blocks = {}
    for path in TERRAFORM:
        parsed = hcl2.loads(path.read_text("utf-8"))
        for kind, found in parsed.items():
            if isinstance(found, list):
                blocks.setdefault(kind, []).extend(_unquoted(block) for block in found)
    return blocks


def _unquoted(value):
    if isinstance(value, dict):
        return {key.strip('"'): _unquoted(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_unquoted(each) for each in value]
    return value.strip('"') if isinstance(value, str) else value


def _resources(terraform):
    return {f"{kind}.{name}": body for block in terraform["resource"] for kind, named in block.items()
            if isinstance(named, dict) for name, body in named.items() if isinstance(body, dict)}  # fmt: skip


@pytest.mark.parametrize("path", make.generated(), ids=lambda path: path.name)
def test_generated_files_are_those_that_the_code_makes(path):
    assert path.read_text("utf-8") == make.generated()[path], "run: python -m deploy.make"


def test_the_template_has_the_form_that_dataflow_asks_for():
    schema = json.loads((DEPLOY / "template.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(TEMPLATE)


def test_every_setting_is_a_parameter_and_its_default_is_accepted():
    for name, (setting, _, _) in settings().items():
        parameter = PARAMETERS[name]
        assert re.fullmatch(parameter["regexes"][0], parameter["defaultValue"]), setting
        load_config(None, [f"{setting}={parameter['defaultValue']}"])
    assert {name.replace(".", "_") for name in NOT_OFFERED}.isdisjoint(PARAMETERS)


def test_parameters_become_words_that_the_command_line_takes():
    given = [
        "--feeds=secret:projects/p/secrets/s/versions/latest",
        "--pubsub=projects/p/subscriptions/pages",
        "--to=bigquery:p.news",
        "--fetch_contact=https://example.org/bot?a=b",
        "--poll_minutes=5",
        "--runner=DataflowRunner",
        "--streaming",
        "--experiments=use_runner_v2",
    ]
    words = words_of(given)
    ours, beams = words[: words.index("--")], words[words.index("--") + 1 :]
    parsed = make_parser().parse_args(ours)
    assert (parsed.command, parsed.feeds, parsed.to) == ("run", [given[0].removeprefix("--feeds=")], "bigquery:p.news")
    config = load_config(None, parsed.assignments)
    assert (config.fetch.contact, config.poll.minutes) == ("https://example.org/bot?a=b", 5.0)
    assert beams == given[5:]


def test_what_the_launcher_starts_is_the_job_with_the_parameters(dataset, tmp_path, capsys):
    feeds = tmp_path / "feeds.toml"
    feeds.write_text('[[feeds]]\nurl = "https://outlet.example/feed"\n')
    parameters = [f"--feeds={feeds}", f"--pubsub={dataflow.SUBSCRIPTION}", f"--to={dataset}", "--fetch_contact=ours"]
    with dataflow.running() as service:
        assert main(words_of([*parameters, *dataflow.options(service)])) == 0
        steps = {transform.unique_name for transform in dataflow.staged().components.transforms.values()}
    [(_, job)] = service.jobs
    assert (job["name"], capsys.readouterr().out) == ("newsbeam", "started: job-1\n")
    assert {"Poll", "Messages", "Fetch", "Clean", "Dedupe", "Extract", "MergeEvents", "Write"} <= steps


def test_an_empty_parameter_is_as_good_as_none():
    assert "--pubsub" not in words_of(["--pubsub=", "--to=bigquery:p.d"])


def test_terraform_is_formatted():
    if not (program := shutil.which("terraform")):
        pytest.skip("terraform is not installed here")
    done = subprocess.run(
        [program, "fmt", "-check", "-diff", "-recursive", DEPLOY / "terraform"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout


def test_terraform_names_nothing_that_is_not_there(terraform):
    text = "\n".join(re.sub(r"(?m)^\s*#.*$", "", path.read_text("utf-8")) for path in TERRAFORM)
    declared = {name for block in terraform["variable"] for name in block if not name.startswith("__")}
    assert set(re.findall(r"\bvar\.(\w+)", text)) == declared  # and none is left unused
    named_locals = {name for block in terraform["locals"] for name in block}
    assert set(re.findall(r"\blocal\.(\w+)", text)) <= named_locals
    assert set(re.findall(r"(?<![\w.\"])(google_\w+\.\w+)", text)) <= set(_resources(terraform))


def test_every_view_is_made_after_those_that_it_reads():
    views = json.loads((DEPLOY / "terraform" / "tables.json").read_text("utf-8"))["views"]
    levels = re.findall(r"view\.level == (\d)", (DEPLOY / "terraform" / "bigquery.tf").read_text("utf-8"))
    assert {str(view["level"]) for view in views.values()} == set(levels)
    for name, view in views.items():
        for read in set(re.findall(r"\{dataset\}\.(\w+)", view["query"])) & set(views):
            assert views[read]["level"] < view["level"], name


def test_the_job_is_drained_never_cancelled_and_has_no_address(terraform):
    job = _resources(terraform)["google_dataflow_flex_template_job.stream"]
    assert (job["on_delete"], job["ip_configuration"]) == ("drain", "WORKER_IP_PRIVATE")


def test_the_job_is_given_only_parameters_that_the_template_has(terraform):
    (block,) = [block for block in terraform["locals"] if "parameters" in block]
    assert set(re.findall(r'"?(\w+)"?\s*[=:]\s', str(block["parameters"]).partition("settings")[2])) <= set(PARAMETERS)


def test_no_account_has_a_role_that_rules_the_project(terraform):
    text = str(_resources(terraform))
    assert not re.search(r"roles/(owner|editor|viewer|iam\.\w+|\w+\.admin)\b", text)


def test_private_ranges_are_closed_before_the_internet_is_open(terraform):
    rules = {name.partition(".")[2]: body for name, body in _resources(terraform).items() if "firewall" in name}
    closed, open_, rest = rules["no_private_ranges"], rules["to_pages"], rules["nothing_else"]
    assert {"10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "169.254.0.0/16", "100.64.0.0/10"} <= set(
        closed["destination_ranges"]
    )
    assert closed["priority"] < open_["priority"] < rest["priority"]
    assert "deny" in closed and "allow" in open_ and "deny" in rest


def test_the_dockerfile_is_clean():
    hadolint = pathlib.Path(sysconfig.get_path("scripts")) / "hadolint"
    done = subprocess.run([hadolint, DEPLOY / "Dockerfile"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_the_image_runs_as_nobody_and_has_the_beam_that_is_locked():
    assert re.search(r"^USER \d+$", DOCKERFILE, re.MULTILINE)
    lock = (DEPLOY / "requirements.lock").read_text("utf-8")
    locked = re.search(r"^apache-beam(?:\[gcp\])?==(\S+)", lock, re.MULTILINE)
    assert f"BEAM_IMAGE=apache/beam_python3.11_sdk:{locked[1]}" in DOCKERFILE


def test_all_that_the_image_copies_is_let_through():
    ignored = (DEPLOY.parent / ".dockerignore").read_text("utf-8").splitlines()
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", DOCKERFILE, re.MULTILINE)
    for name in " ".join(copied).split():
        assert (DEPLOY.parent / name).exists() and f"!{name}" in ignored, name
