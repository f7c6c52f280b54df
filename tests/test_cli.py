"""The command line: what it prints, and its exit status."""

import json
import os
import signal
import subprocess
import sys

import pytest
from conftest import Answer

from pipeline.cli import main
from pipeline.sample.newsroom import Newsroom

LOCAL = ["--set", "fetch.allow_private_addresses=true", "--set", "fetch.host_delay_seconds=0"]
SENTENCE = "Gunmen killed seven soldiers near Gao in northern Mali on Sunday, the army said."


@pytest.fixture(scope="module")
def newsroom():
    with Newsroom() as newsroom:
        yield newsroom


@pytest.fixture(scope="module")
def written(newsroom, tmp_path_factory):
    folder = str(tmp_path_factory.mktemp("cli") / "out")
    assert main(["run", "--feeds", newsroom.opml_url, "--to", folder, "--once", *LOCAL]) == 0
    return folder


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["run", "--feeds", "no-such.opml", "--to", "x"], "no-such.opml: No such file"),
        (["run", "--feeds", "ftp://x", "--to", "x"], "ftp://x: No such file"),
        (
            ["run", "--feeds", "f.toml", "--to", "x", "--set", "fetch.tri=1"],
            "unknown key fetch.tri; did you mean 'tries'",
        ),
        (["run", "--feeds", "f.toml", "--to", "x", "--set", "fetch.tries=many"], "expected a whole number"),
        (["run", "--feeds", "f.toml", "--to", "x", "--set", "fetch.tries"], "expected section.key=value"),
        (["run", "--feeds", "f.toml", "--to", "bigquery:p"], "expected bigquery:PROJECT.DATASET"),
        (["run", "--feeds", "f.toml", "--to", "s3://b"], "unknown kind of destination"),
        (["run", "--feeds", "f.toml", "--to", "x", "--", "--runer=X"], "did you mean --runner"),
        (["run", "--feeds", "f.toml", "--to", "x", "--for", "1h"], "--for needs --every"),
        (["run", "--to", "x"], "name a source: --feeds, --warc, or --pubsub with --stream"),
        (["run", "--feeds", "f.toml", "--warc", "a.warc", "--to", "x"], "--warc stands alone"),
        (["run", "--warc", "a.warc", "--to", "x", "--every", "5m"], "--warc stands alone"),
        (["run", "--warc", "a.warc", "--to", "x"], "--warc a.warc: no WARC file there"),
        (["run", "--pubsub", "projects/our-project/subscriptions/urls", "--to", "x"], "it needs --stream"),
        (["run", "--pubsub", "urls", "--to", "x", "--stream"], "expected projects/PROJECT/subscriptions/NAME"),
        (["run", "--feeds", "f.toml", "--to", "x", "--stream"], "use --every 10m here"),
        (["query", "SELECT 1", "--from", "x", "--", "--runner=X"], "takes no Beam options"),
        (["extract", "no-such.jsonl"], "no-such.jsonl: No such file"),
        (["extract", "-", "--set", "nlp.pipeline=no_such_model"], "no_such_model"),
        (["demo", "--to", "bigquery:p.d"], "the demo writes to a folder"),
        (["check", "no-such.toml"], "no-such.toml: No such file"),
    ],
)
def test_wrong_words_are_named_before_anything_runs(words, complaint, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "f.toml").write_text('[[feeds]]\nurl = "https://outlet.example/feed"\n')
    assert main(words) == 2
    said = capsys.readouterr().err
    assert said.startswith("newsbeam: ") and complaint in said
    assert "Traceback" not in said
    assert os.listdir(tmp_path) == ["f.toml"]


@pytest.mark.parametrize("words", [[], ["walk"], ["query", "--from", "x"], ["run", "--ever", "5m"]])
def test_unknown_words_exit_with_2(words, capsys):
    with pytest.raises(SystemExit) as exit:
        main(words)
    assert exit.value.code == 2
    assert "usage: newsbeam" in capsys.readouterr().err


@pytest.mark.parametrize("words", [["query", "SELECT 1", "--from", "nowhere"], ["replay", "--from", "nowhere"]])
def test_a_destination_without_tables_is_an_error_with_its_cure(words, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(words) == 1
    assert "nowhere: no tables here" in capsys.readouterr().err
    assert os.listdir(tmp_path) == []


def test_run_tells_what_became_of_everything(newsroom, tmp_path, capsys):
    assert main(["run", "--feeds", newsroom.opml_url, "--to", str(tmp_path / "out"), *LOCAL]) == 0
    said = capsys.readouterr().out
    assert f"{len(list(newsroom.labels.feeds()))} feeds polled" in said
    assert "every step balances" in said


def test_a_list_of_feeds_in_toml_does_as_well(newsroom, tmp_path, capsys):
    _, feed = next(newsroom.labels.feeds())
    listed = tmp_path / "feeds.toml"
    listed.write_text(f'[[feeds]]\nurl = "{newsroom.base_url}{feed.path}"\noutlet = "Ours"\n')
    assert main(["run", "--feeds", str(listed), "--to", str(tmp_path / "out"), "--once", *LOCAL]) == 0
    assert main(["query", "SELECT DISTINCT outlet FROM articles", "--from", str(tmp_path / "out")]) == 0
    assert "Ours" in capsys.readouterr().out


def test_beam_options_pass_through_and_direct_runner_means_the_local_one(newsroom, tmp_path, capsys):
    words = ["run", "--feeds", newsroom.opml_url, "--to", str(tmp_path / "out"), *LOCAL]
    assert main([*words, "--", "--runner=DirectRunner", "--job_name=ours"]) == 0
    assert "every step balances" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("jsonl", '{"n": 1, "word": "a,b", "on": "2025-05-12", "list": ["x"], "at": "2025-05-12T06:00:00Z"}\n'),
        ("csv", 'n,word,on,list,at\n1,"a,b",2025-05-12,"[""x""]",2025-05-12T06:00:00Z\n'),
    ],
)
def test_query_answers_in_the_form_that_is_asked_for(form, expected, written, capsys):
    sql = (
        """SELECT 1 AS n, 'a,b' AS word, DATE '2025-05-12' AS "on", ['x'] AS list, TIMESTAMP '2025-05-12 06:00' AS at"""
    )
    assert main(["query", sql, "--from", written, "--format", form]) == 0
    assert capsys.readouterr().out == expected


def test_query_says_what_is_wrong_with_the_sql(written, capsys):
    assert main(["query", "SELECT nothing FROM articles", "--from", written]) == 2
    assert "nothing" in capsys.readouterr().err


def test_explain_shows_the_evidence_for_two_articles(written, capsys):
    main(
        [
            "query",
            "SELECT url FROM articles WHERE copy_of IS NOT NULL ORDER BY url",
            "--from",
            written,
            "--format",
            "csv",
        ]
    )
    copy = capsys.readouterr().out.splitlines()[1]
    sql = f"SELECT o.url FROM articles AS c JOIN articles AS o ON o.article_id = c.copy_of WHERE c.url = '{copy}'"
    main(["query", sql, "--from", written, "--format", "csv"])
    original = capsys.readouterr().out.splitlines()[1]
    assert main(["explain", copy, original, "--from", written]) == 0
    said = capsys.readouterr().out
    assert said.startswith("copies of one text, one story")
    assert "threshold" in said and "bias" in said


def test_explain_of_one_article_shows_those_nearest_to_it(written, capsys):
    main(["query", "SELECT url FROM articles WHERE copy_of IS NOT NULL", "--from", written, "--format", "csv"])
    copy = capsys.readouterr().out.splitlines()[1]
    assert main(["explain", copy + "?utm_source=x", "--from", written]) == 0
    assert "copies of one text, one story" in capsys.readouterr().out


@pytest.mark.parametrize("url", ["http://127.0.0.1/none", "not an address"])
def test_explain_names_an_address_that_no_article_has(url, written, capsys):
    assert main(["explain", url, "--from", written]) == 2
    assert "address" in capsys.readouterr().err


def test_check_prints_a_line_for_each_feed_and_writes_nothing(newsroom, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["check", newsroom.opml_url, *LOCAL]) == 0
    said = capsys.readouterr().out.splitlines()
    assert len(said) == len(list(newsroom.labels.feeds())) + 1
    assert all(line.startswith("ok    http://127.0.0.1") for line in said[:-1])
    assert os.listdir(tmp_path) == []


def test_check_tells_that_a_feed_has_moved(site, tmp_path, capsys):
    site.answers = {
        "/old": Answer(status=301, headers={"Location": "/new"}),
        "/new": Answer(b'{"items": [{"id": "a", "url": "/a"}]}'),
    }
    listed = tmp_path / "feeds.toml"
    listed.write_text(f'[[feeds]]\nurl = "{site.url("/old")}"\n')
    assert main(["check", str(listed), *LOCAL]) == 0
    assert f"1 entry, none dated, moved for good to {site.url('/new')}" in capsys.readouterr().out


def test_check_fails_when_a_feed_does(newsroom, tmp_path, capsys):
    listed = tmp_path / "feeds.toml"
    listed.write_text(f'[[feeds]]\nurl = "{newsroom.base_url}/no-such-feed"\n')
    assert main(["check", str(listed), *LOCAL]) == 1
    assert "fail" in capsys.readouterr().out


def test_extract_explains_each_text_for_people(tmp_path, capsys):
    path = tmp_path / "texts.jsonl"
    texts = [{"id": 7, "title": "A raid", "text": "Gunmen killed two soldiers in Mali."}, {"id": "b", "text": "Rain."}]
    path.write_text("".join(json.dumps(text) + "\n" for text in texts))
    assert main(["extract", str(path), "--explain"]) == 0
    said = capsys.readouterr().out
    assert said.startswith("text 7: A raid\nsentence 1: Gunmen killed two soldiers in Mali.\n  'kill': ASSAULT")
    assert said.endswith("\n\ntext 'b'\nno trigger found\n")


def test_extract_reads_lines_and_answers_in_their_order(tmp_path, capsys):
    texts = [{"id": 1, "title": None, "text": SENTENCE, "date": "2025-05-12"}, {"id": "b", "text": "Nothing much."}]
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(map(json.dumps, texts)) + "\n\n")
    assert main(["extract", str(path)]) == 0
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert (first["id"], second) == (1, {"id": "b", "events": []})
    event = first["events"][0]
    assert (event["event_type"], event["killed_best"], event["country"]) == ("ASSAULT", 7, "MLI")
    assert event["happened_on"] == "2025-05-11"
    assert SENTENCE[event["char_start"] : event["char_end"]] == "killed"


def test_extract_reads_the_outlet_where_it_is_told(tmp_path, capsys):
    text = {"text": "Two men were shot dead in Winchester on Monday, police said."}
    texts = [{"id": 1, **text}, {"id": 2, "outlet": "wxyz.com", **text}, {"id": 3, "url": "https://wxyz.com/a", **text}]
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(map(json.dumps, texts)))
    assert main(["extract", str(path)]) == 0
    told = [json.loads(line)["events"][0] for line in capsys.readouterr().out.splitlines()]
    assert [event["country"] for event in told] == ["GBR", "USA", "USA"]
    assert [event["url"] for event in told] == ["", "", "https://wxyz.com/a"]


@pytest.mark.parametrize("line", ["no json", '{"id": 1}', '["text"]', '{"id": 1, "text": "x", "date": "soon"}'])
def test_extract_names_the_line_that_is_wrong(line, tmp_path, capsys):
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"id": 0, "text": "Fine."}) + f"\n{line}\n")
    assert main(["extract", str(path)]) == 2
    assert "line 2" in capsys.readouterr().err


def test_ctrl_c_ends_a_run_in_rhythm_cleanly(newsroom, tmp_path):
    folder = str(tmp_path / "out")
    words = ["-m", "pipeline", "run", "--feeds", newsroom.opml_url, "--to", folder, "--every", "1h", *LOCAL]
    process = subprocess.Popen([sys.executable, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    line = process.stdout.readline()  # the first run is done
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert "feeds polled" in line
    assert process.returncode == 0, errors
    assert "finishing this run" in errors and "Traceback" not in errors
    assert main(["query", "SELECT COUNT(*) FROM articles", "--from", folder]) == 0


@pytest.mark.parametrize("sql", ["SELECT 1", "SELECT text, text AS again FROM articles"])  # less and more than a buffer
def test_a_reader_that_leaves_early_is_no_error(sql, written):
    words = [sys.executable, "-m", "pipeline", "query", sql, "--from", written]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    process.stdout.close()
    errors = process.stderr.read()
    assert process.wait(60) == 0
    assert b"Traceback" not in errors


def test_annotate_shows_what_the_model_sees(tmp_path, capsys):
    path = tmp_path / "texts.jsonl"
    path.write_text(json.dumps({"id": "x", "text": SENTENCE}) + "\n" + json.dumps({"id": 2, "text": ""}) + "\n")
    assert main(["annotate", str(path)]) == 0
    seen, empty = map(json.loads, capsys.readouterr().out.splitlines())
    assert empty == {"id": 2, "sents": [], "tokens": [], "ents": []}
    words = [SENTENCE[token["start"] : token["end"]] for token in seen["tokens"]]
    killed = words.index("killed")
    assert seen["id"] == "x" and seen["sents"] == [[0, len(SENTENCE)]]
    assert (seen["tokens"][words.index("Gunmen")]["dep"], seen["tokens"][words.index("Gunmen")]["head"]) == (
        "nsubj",
        killed,
    )
    assert ("Mali", "GPE") in {(SENTENCE[ent["start"] : ent["end"]], ent["label"]) for ent in seen["ents"]}
