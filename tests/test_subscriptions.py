"""The list of feeds: TOML, OPML or an address, and errors that name what is wrong."""

from pathlib import Path

import pytest
from conftest import Answer, Site

from pipeline.subscriptions import read_subscriptions
from transforms.errors import UsageError
from transforms.records import Feed
from transforms.web.http import HttpSettings

OPML = b"""<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>Feeds</title></head><body>
  <outline text="News">
    <outline type="rss" text="The Gazette" xmlUrl="https://gazette.example/rss" htmlUrl="https://gazette.example/"/>
    <outline type="rss" text="short" title="Delta Wire" xmlUrl="https://delta.example/feed.json"/>
    <outline text="A folder"><outline xmlUrl="https://reef.example/atom"/></outline>
    <outline text="No feed here" htmlUrl="https://none.example/"/>
    <outline text="Again" xmlUrl="https://gazette.example/rss#again"/>
  </outline>
</body></opml>"""
LISTED = [
    Feed("https://gazette.example/rss", "The Gazette"),
    Feed("https://delta.example/feed.json", "Delta Wire"),
    Feed("https://reef.example/atom", ""),
]
TOML = """
[[feeds]]
url = "https://gazette.example/rss"
outlet = "The Gazette"

[[feeds]]
url = "HTTPS://Delta.example/feed.json"
"""


def read(path: Path, content: str | bytes, settings: HttpSettings) -> list[Feed]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_subscriptions([str(path)], settings)


def test_feeds_come_from_a_toml_file(tmp_path: Path, http_settings: HttpSettings) -> None:
    feeds = read(tmp_path / "feeds.toml", TOML, http_settings)
    assert feeds == [Feed("https://gazette.example/rss", "The Gazette"), Feed("https://delta.example/feed.json", "")]


@pytest.mark.parametrize("name", ["feeds.opml", "feeds.xml", "feeds"])
def test_feeds_come_from_an_opml_file(tmp_path: Path, http_settings: HttpSettings, name: str) -> None:
    assert read(tmp_path / name, OPML, http_settings) == LISTED


@pytest.mark.parametrize("scheme", ["http://", "HTTP://"])
def test_feeds_come_from_an_address(site: Site, http_settings: HttpSettings, scheme: str) -> None:
    site.answers |= {"/moved": Answer(status=302, headers={"Location": "/list"}), "/list": Answer(OPML)}
    assert read_subscriptions([site.url("/moved").replace("http://", scheme)], http_settings) == LISTED


def test_feeds_may_be_relative_to_the_address_of_their_list(site: Site, http_settings: HttpSettings) -> None:
    site.answers["/lists/all"] = Answer(b"<opml><body><outline><outline xmlUrl='../rss'/></outline></body></opml>")
    assert read_subscriptions([site.url("/lists/all")], http_settings) == [Feed(site.url("/rss"), "")]


def test_credentials_are_neither_kept_nor_told(site: Site, tmp_path: Path, http_settings: HttpSettings) -> None:
    toml = "[[feeds]]\nurl = 'https://me:secret@a.example/rss'"
    assert read(tmp_path / "feeds.toml", toml, http_settings) == [Feed("https://a.example/rss", "")]
    with_credentials = site.url("/none").replace("//", "//me:secret@")
    for wrong in (with_credentials, "http://me:secret@[/"):
        with pytest.raises(UsageError) as told:
            read_subscriptions([wrong], http_settings)
        assert "secret" not in str(told.value)
    with pytest.raises(UsageError, match="//a.example/") as told:
        read(tmp_path / "feeds.toml", "[[feeds]]\nurl = 'ftp://me:secret@a.example/'", http_settings)
    assert "Authorization" not in site.seen[0].headers


def test_several_lists_are_one_and_the_first_word_on_a_feed_counts(tmp_path: Path, http_settings: HttpSettings) -> None:
    toml, opml = tmp_path / "feeds.toml", tmp_path / "feeds.opml"
    toml.write_text(TOML, "utf-8")
    opml.write_bytes(OPML)
    feeds = read_subscriptions([str(toml), str(opml)], http_settings)
    assert [(feed.feed_url, feed.outlet) for feed in feeds] == [
        ("https://gazette.example/rss", "The Gazette"),
        ("https://delta.example/feed.json", ""),
        ("https://reef.example/atom", ""),
    ]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("feeds.toml", "", "expected [[feeds]] tables"),
        ("feeds.toml", "feeds = []", "no feed in it"),
        ("feeds.toml", "feeds = 3", "expected [[feeds]] tables"),
        ("feeds.toml", "feeds = ['https://a.example/']", "expected [[feeds]] tables"),
        ("feeds.toml", "[feeds]\nurl = 'https://a.example/'", "expected [[feeds]] tables"),
        ("feeds.toml", "[[feed]]\nurl = 'https://a.example/'", "found 'feed'"),
        ("feeds.toml", "[[feeds]]\noutlet = 'A'", "url is needed"),
        ("feeds.toml", "[[feeds]]\nurl = 3", "url and outlet must be texts"),
        ("feeds.toml", "[[feeds]]\nurl = 'https://a.example/'\noutlet = 3", "url and outlet must be texts"),
        ("feeds.toml", "[[feeds]]\nurl = 'https://a.example/'\nname = 'A'", "unknown key 'name'"),
        ("feeds.toml", "[[feeds]]\nurl = 'a.example/rss'", "'a.example/rss' is not an http(s) address"),
        ("feeds.toml", "[[feeds]]\nurl = 'file:///etc/passwd'", "is not an http(s) address"),
        ("feeds.toml", "[[feeds", "not valid TOML"),
        ("feeds.opml", "", "neither TOML"),
        ("feeds.opml", "https://a.example/rss\n", "neither TOML"),
        ("feeds.opml", "<opml><body>", "neither TOML"),
        ("feeds.opml", "<opml><body><outline text='A'/></body></opml>", "no feed in it"),
        ("feeds.opml", "<opml><body><outline xmlUrl='feed://a.example/'/></body></opml>", "is not an http(s) address"),
        ("feeds.opml", "<html><body>not found</body></html>", "expected an OPML list of feeds, found <html>"),
        ("feeds.opml", "<rss><channel/></rss>", "expected an OPML list of feeds, found <rss>"),
        ("feeds.opml", b"\xff\xfe\x00", "neither TOML"),
        ("feeds.opml", '<?xml version="1.0" encoding="no-such"?><opml/>', "neither TOML"),
    ],
)
def test_a_wrong_list_is_named_and_what_would_be_right(
    tmp_path: Path, http_settings: HttpSettings, name: str, content: str | bytes, said: str
) -> None:
    with pytest.raises(UsageError) as wrong:
        read(tmp_path / name, content, http_settings)
    assert said in str(wrong.value) and name in str(wrong.value)


@pytest.mark.parametrize(
    ("name", "said"), [("none.opml", "No such file"), ("none.toml", "No such file"), (".", "Is a d")]
)
def test_a_list_that_cannot_be_read_is_named(tmp_path: Path, http_settings: HttpSettings, name: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_subscriptions([str(tmp_path / name)], http_settings)


def test_an_entity_bomb_is_no_list(tmp_path: Path, http_settings: HttpSettings) -> None:
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<!DOCTYPE opml [<!ENTITY l0 "ha">{levels}]><opml><body><outline text="&l9;"/></body></opml>'
    with pytest.raises(UsageError, match="neither TOML"):
        read(tmp_path / "feeds.opml", bomb, http_settings)


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (Answer(status=404), "404"),
        (Answer(b"<html></html>"), "expected an OPML list of feeds, found <html>"),
        (Answer(b"not XML"), "neither TOML"),
        (Answer(status=302, headers={"Location": "file:///etc/passwd"}), "file:///etc/passwd"),
    ],
)
def test_an_address_that_answers_wrong_is_named(
    site: Site, http_settings: HttpSettings, answer: Answer, said: str
) -> None:
    site.answers["/list"] = answer
    with pytest.raises(UsageError) as wrong:
        read_subscriptions([site.url("/list")], http_settings)
    assert said in str(wrong.value) and site.url("/list") in str(wrong.value)


def test_a_private_address_is_refused_with_the_cure(site: Site, http_settings: HttpSettings) -> None:
    settings = http_settings.__class__(user_agent="newsbeam/1")
    with pytest.raises(UsageError, match=r"set fetch\.allow_private_addresses to allow it"):
        read_subscriptions([site.url("/list")], settings)
    assert site.seen == []


def test_a_secret_that_cannot_be_read_says_why(http_settings: HttpSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nowhere")
    with pytest.raises(UsageError, match=r"^secret:projects/p/secrets/s/versions/1: (cannot be read|needs the extra)"):
        read_subscriptions(["secret:projects/p/secrets/s/versions/1"], http_settings)


@pytest.mark.parametrize(
    ("body", "feeds"),
    [(OPML, LISTED), (TOML.encode(), [LISTED[0], LISTED[1]._replace(outlet="")]), (b"\xef\xbb\xbf" + OPML, LISTED)],
)
def test_a_list_without_a_file_name_is_known_by_how_it_begins(
    body: bytes, feeds: list[Feed], http_settings: HttpSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipeline.vault.read", lambda name: body)
    assert read_subscriptions(["secret:projects/p/secrets/s/versions/1"], http_settings) == feeds
