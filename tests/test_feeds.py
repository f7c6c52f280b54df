"""What a feed's body says. Each file in data/feeds stands beside the records that it must give."""

import datetime
import gzip
import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from transforms.errors import Failure
from transforms.web.feeds import MAX_ENTRIES, ParsedFeed, parse_feed
from transforms.web.text import clean_line

FOLDER = Path(__file__).parent / "data" / "feeds"
URL = "https://feeds.example/news"


def rss(items: str, head: str = "<title>T</title>") -> bytes:
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()


def item(guid: str, title: str = "A title", extra: str = "") -> str:
    return f"<item><guid isPermaLink='false'>{guid}</guid><title>{title}</title>{extra}</item>"


def reason_of(body: bytes) -> str:
    with pytest.raises(Failure) as failed:
        parse_feed(body, URL)
    return failed.value.reason


def as_json(parsed: ParsedFeed) -> dict:
    """A parsed feed as the expected files have it."""
    entries = []
    for entry in parsed.entries:
        fields = entry._asdict()
        del fields["fingerprint"], fields["fault"]
        if entry.published is not None:
            fields["published"] = datetime.datetime.fromtimestamp(entry.published, datetime.UTC).isoformat()
        entries.append(fields)
    return {"title": parsed.title, "entries": entries}


@pytest.mark.parametrize("name", ["full.rss", "full.atom", "full.rdf", "full.json"])
def test_a_feed_gives_its_entries(name: str) -> None:
    parsed = parse_feed((FOLDER / name).read_bytes(), URL)
    assert as_json(parsed) == json.loads((FOLDER / f"{name}.expected.json").read_text("utf-8"))


def test_a_feed_may_be_a_zipped_file() -> None:
    assert [entry.guid for entry in parse_feed(gzip.compress(rss(item("1"))), URL).entries] == ["1"]


@pytest.mark.parametrize("guid", ["1", "/story?id=1", "tag:a.example,2026:1", "../up", "https://a.example/1"])
@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_guid_stays_as_it_is_written_wherever_the_feed_lives(guid: str, form: str) -> None:
    entry = f"<item><guid>{guid}</guid><link>a</link></item>"
    body = f'<rss version="2.0" xml:base="https://b.example/x/"><channel><title>T</title>{entry}</channel></rss>'
    if form == "atom":
        entry = f'<entry><id>{guid}</id><link href="a"/><title>A</title></entry>'
        body = f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://b.example/x/">{entry}</feed>'
    (listed,) = parse_feed(body.encode(), URL).entries
    assert (listed.guid, listed.link) == (guid, "https://b.example/x/a")


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ('<link rel="alternate" type="application/rss+xml" href="/rss.xml">', "it names https://feeds.example/rss.xml"),
        ("<p>Welcome</p>", "newsbeam discover"),
    ],
)
def test_a_page_in_place_of_a_feed_says_where_feeds_are(page: str, said: str) -> None:
    with pytest.raises(Failure) as failed:
        parse_feed(f"<!doctype html><html><head>{page}</head></html>".encode(), URL)
    assert failed.value.reason == "not_a_feed" and said in str(failed.value)


# What is no feed


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "not_a_feed"),
        (b"   \n", "not_a_feed"),
        (b"not found", "not_a_feed"),
        (b"<!doctype html><html><head><title>Home</title></head><body><p>News</p></body></html>", "not_a_feed"),
        (b"<?xml version='1.0'?><urlset><url><loc>https://a.example/</loc></url></urlset>", "not_a_feed"),
        (bytes(range(256)) * 4, "not_a_feed"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_a_feed"),
        (gzip.compress(b"not found"), "not_a_feed"),
        (gzip.compress(rss(item("1")))[:-3], "truncated"),
        (b"[]", "not_a_feed"),
        (b'{"a": 1}', "not_a_feed"),
        (b'{"items": {}}', "not_a_feed"),
        (b'{"items": [', "broken_feed"),
        (b'{"a":' * 50_000, "broken_feed"),
        (rss("")[:-20], "broken_feed"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_feed_fails_and_is_never_an_empty_one(body: bytes, reason: str) -> None:
    assert reason_of(body) == reason


@pytest.mark.parametrize("body", [rss(""), b'{"items": []}', b"<feed xmlns='http://www.w3.org/2005/Atom'></feed>"])
def test_an_empty_feed_is_a_feed(body: bytes) -> None:
    assert parse_feed(body, URL).entries == []


def test_a_body_that_is_a_path_opens_no_file(tmp_path: Path) -> None:
    secret = tmp_path / "secret.xml"
    secret.write_bytes(rss(item("secret")))
    assert reason_of(str(secret).encode()) == "not_a_feed"
    assert reason_of(b"file://" + str(secret).encode()) == "not_a_feed"


def test_an_entity_opens_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret words")
    declared = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
    body = rss(item("1", "before &x; after")).replace(b"<rss", declared.encode() + b"<rss", 1)
    assert "secret" not in str(parse_feed(body, URL).entries)


def test_entities_do_not_explode() -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    body = rss(item("1", "&l9;")).replace(b"<rss", f'<!DOCTYPE r [<!ENTITY l0 "ha">{levels}]><rss'.encode(), 1)
    assert len(str(parse_feed(body, URL))) < 10_000


# Broken in parts


def test_a_feed_broken_off_gives_what_came_before() -> None:
    body = rss(item("1") + item("2") + item("3"))
    broken = body[: body.index(b"3</guid>")]
    assert [entry.guid for entry in parse_feed(broken, URL).entries][:2] == ["1", "2"]


@pytest.mark.parametrize("title", ["Bread & butter", "a < b", "&nbsp;&eacute;t&eacute;", "\x0cform feed", "<p>open"])
def test_markup_that_is_no_xml_costs_no_entry(title: str) -> None:
    parsed = parse_feed(rss(item("1") + item("2", title) + item("3")), URL)
    assert [entry.guid for entry in parsed.entries] == ["1", "2", "3"]


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "iso-8859-1"])
def test_charsets_are_understood(code: str) -> None:
    declared = code.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    text = f'<?xml version="1.0" encoding="{declared}"?>' + rss(item("1", "Été")).decode()[21:]
    assert parse_feed(text.encode(code), URL).entries[0].title == "Été"


def test_a_wrong_declaration_of_the_charset_does_not_matter() -> None:
    text = '<?xml version="1.0" encoding="us-ascii"?>' + rss(item("1", "Été")).decode()[21:]
    assert parse_feed(text.encode(), URL).entries[0].title == "Été"


def test_a_long_feed_is_cut_to_its_newest() -> None:
    body = json.dumps({"items": [{"id": n} for n in range(MAX_ENTRIES + 10)]}).encode()
    parsed = parse_feed(body, URL)
    assert len(parsed.entries) == MAX_ENTRIES and parsed.entries[0].guid == "0" and parsed.truncated


def test_the_newest_of_a_long_feed_are_kept_wherever_they_stand() -> None:
    """One minute later with each entry: the newest stand last."""
    entries = [
        {"id": n, "date_published": f"2026-03-{1 + n // 1440:02}T{n // 60 % 24:02}:{n % 60:02}:00Z"}
        for n in range(MAX_ENTRIES + 10)
    ]
    parsed = parse_feed(json.dumps({"items": entries}).encode(), URL)
    assert [entry.guid for entry in parsed.entries] == [str(n) for n in range(10, MAX_ENTRIES + 10)]


def test_a_feed_of_a_usual_length_is_not_cut() -> None:
    assert not parse_feed(rss(item("1") * 100), URL).truncated


def test_what_is_beyond_any_use_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("transforms.web.feeds.MAX_PARSED", 3)
    parsed = parse_feed(rss("".join(item(str(n)) for n in range(9))), URL)
    assert [entry.guid for entry in parsed.entries] == ["0", "1", "2"] and parsed.title == "T"


# Identity and change


def test_an_id_that_repeats_in_one_feed_is_told_apart_by_its_link() -> None:
    links = "".join(item("1", f"Title {n}", f"<link>https://a.example/{n}</link>") for n in range(3))
    parsed = parse_feed(rss(links + item("2", extra="<link>https://a.example/9</link>")), URL)
    guids = [entry.guid for entry in parsed.entries]
    assert len(set(guids)) == 4 and guids[3] == "2"


def test_the_feed_s_own_address_is_no_part_of_an_id() -> None:
    body = rss(item("1") + "<item><guid>2</guid></item><item><title>no id</title></item>")
    moved = [parse_feed(body, url).entries for url in (URL, "https://moved.example/other/feed")]
    assert [entry.guid for entry in moved[0]] == [entry.guid for entry in moved[1]] == ["1", "2", "no id"]


def fingerprint(changed: str = "2026-03-09T10:00:00Z", title: str = "A", published: str = "2026-03-09") -> str:
    entry = {"id": "1", "title": title, "date_published": published, "date_modified": changed}
    return parse_feed(json.dumps({"items": [entry]}).encode(), URL).entries[0].fingerprint


def test_a_fingerprint_follows_what_the_outlet_changes() -> None:
    assert fingerprint() == fingerprint() == fingerprint(published="2026-03-08")
    assert len({fingerprint(), fingerprint(title="B"), fingerprint(changed="2026-03-09T11:00:00Z")}) == 3


def test_a_missing_update_is_no_change() -> None:
    """feedparser shows `published` under the name of a missing `updated`."""
    entries = [item("1", extra=f"<pubDate>{day} Mar 2026 10:00:00 GMT</pubDate>") for day in ("Mon, 09", "Tue, 10")]
    first, second = (parse_feed(rss(entry), URL).entries[0] for entry in entries)
    assert first.published != second.published and first.fingerprint == second.fingerprint


# Authors


@pytest.mark.parametrize(
    ("author", "names"),
    [
        ("Ines Okafor", ["Ines Okafor"]),
        ("desk@gazette.example (The Desk)", ["The Desk"]),
        ("The Desk &lt;desk@gazette.example&gt;", ["The Desk"]),
        ("desk@gazette.example", []),
        ("", []),
    ],
)
def test_an_author_is_a_name_without_a_mail_address(author: str, names: list[str]) -> None:
    assert parse_feed(rss(item("1", extra=f"<author>{author}</author>")), URL).entries[0].authors == names


# Dates


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("Tue, 10 Mar 2026 09:15:00 +0200", "2026-03-10T07:15:00"),
        ("Tue, 10 Mar 2026 09:15:00 EST", "2026-03-10T14:15:00"),
        ("10 Mar 26 09:15 GMT", "2026-03-10T09:15:00"),
        ("2026-03-10T09:15:00Z", "2026-03-10T09:15:00"),
        ("2026-03-10", "2026-03-10T00:00:00"),
        ("Wed, 01 Jan 2014 00:00:00 GMT", "2014-01-01T00:00:00"),
        ("1700000000", None),
        ("Thu, 01 Jan 0001 00:00:00 GMT", None),
        ("9999-12-31T23:59:59Z", None),
        ("soon", None),
        ("", None),
    ],
)
def test_dates_are_read_or_not_known(date: str, published: str | None) -> None:
    entry = parse_feed(rss(item("1", extra=f"<pubDate>{date}</pubDate>")), URL).entries[0]
    wanted = published and datetime.datetime.fromisoformat(f"{published}+00:00").timestamp()
    assert entry.published == wanted


# Whatever comes


CRASHERS = {  # each of them an exception out of feedparser 6.0.14
    "a character that is none": "<title>&#99999999999999;</title>",
    "half a character": "<title>&#xD800;</title>",
    "a position without a place": "<pos xmlns='http://www.opengis.net/gml'>1 2</pos>",
    "a list of positions without a place": "<posList xmlns='http://www.opengis.net/gml'>1 2</posList>",
    "a chapter without a start": "<chapters xmlns='http://podlove.org/simple-chapters'><chapter/></chapters>",
}
POSITION = CRASHERS["a position without a place"]


@pytest.mark.parametrize("crasher", CRASHERS.values(), ids=CRASHERS)
def test_an_entry_on_which_the_parser_fails_costs_itself_only(crasher: str) -> None:
    items = [item(str(n), f"Title {n}", f"<link>https://a.example/{n}</link>") for n in range(50)]
    items[20] = item("bad", extra=crasher)
    parsed = parse_feed(rss("".join(items)), URL)
    guids = [entry.guid for entry in parsed.entries if not entry.fault]
    assert guids == [str(n) for n in range(50) if n != 20]
    assert len(parsed.entries) == 50 and parsed.entries[20].fault and parsed.title == "T"


def test_a_broken_entry_says_why_and_has_a_name_of_its_own_that_stays() -> None:
    bad = [item(str(n), extra=POSITION) for n in range(2)]
    first, second = (parse_feed(rss(item("good") + "".join(items)), URL).entries for items in (bad, bad[::-1]))
    faults = [entry for entry in first if entry.fault]
    assert len({entry.guid for entry in faults}) == 2 and sorted(faults) == sorted(e for e in second if e.fault)
    assert "KeyError" in faults[0].fault and faults[0].link is None


def test_a_feed_of_broken_entries_only_is_a_feed() -> None:
    entries = parse_feed(rss(item("1", extra=POSITION) * 3), URL).entries
    assert len(entries) == 3 and all(entry.fault for entry in entries)


def test_a_feed_that_is_broken_around_its_entries_is_a_failure() -> None:
    assert reason_of(rss(item("1"), head=POSITION)) == "broken_feed"
    for charset in (b"undefined", b"punycode", b"a\0b"):
        assert reason_of(b"<?xml version='1.0' encoding='%s'?>" % charset + rss(item("1"))[21:]) == "broken_feed"


_WORDS = st.sampled_from(
    [*b"<rss <channel> <item> </item> <guid> <link> <title> <![CDATA[ ]]> <!-- --> & ; &#0; xml:base=".split(), b'"']
)


@given(st.one_of(st.binary(max_size=200), st.lists(st.one_of(_WORDS, st.binary(max_size=9))).map(b" ".join)))
@example(b"\x1f\x8b")  # zipped, and cut off
@example(b"\x1f\x8b\x00")  # and not zipped after all
def test_any_body_is_a_feed_or_a_failure(body: bytes) -> None:
    for whole in (body, b"<?xml version='1.0'?><rss version='2.0'><channel><item>" + body):
        try:
            parse_feed(whole, URL)
        except Failure as failure:
            assert failure.reason in ("not_a_feed", "broken_feed", "truncated", "encoding")


_JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9)),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(max_size=5), inner, max_size=3)),
    max_leaves=8,
)
_ITEM = st.fixed_dictionaries(
    {}, optional={key: _JSON for key in ("id", "url", "title", "date_published", "date_modified", "authors", "author")}
)


@given(st.fixed_dictionaries({"items": st.lists(st.one_of(_ITEM, _JSON), max_size=4)}, optional={"title": _JSON}))
def test_any_json_feed_gives_clean_entries(feed: dict) -> None:
    for entry in parse_feed(json.dumps(feed).encode(), URL).entries:
        assert entry.link is None or entry.link.startswith("http")
        assert all(clean_line(text) == text for text in (entry.guid, entry.title or "", *entry.authors))


@given(st.text())
def test_a_clean_line_is_one_printable_line(text: str) -> None:
    line = clean_line(text)
    assert line.isprintable() and line == line.strip() and clean_line(line) == line
    line.encode("utf-8")


def test_a_clean_line_keeps_words_apart() -> None:
    assert clean_line("one\r\ntwo\tthree\x00\u202e four\ud800") == "one two three four?"
