"""Clean: from a page to its article, or a reason why there is none."""

import time

import apache_beam as beam
import pytest
from apache_beam.testing.util import assert_that, equal_to
from apache_beam.utils.timestamp import Timestamp
from conftest import NOW, make_entry, make_page
from hypothesis import given
from hypothesis import strategies as st

from transforms.clean import CleanArticles, CleanSettings, clean_page, published_at
from transforms.fates import Fates, Rejected
from transforms.records import Article
from transforms.web.extraction import authors_of, decode_html, language_of
from transforms.web.text import clean_text, count_words

SETTINGS = CleanSettings(min_words=20)
PARAGRAPHS = [
    "The harbour council met on Monday and agreed to reopen the northern quay to fishing boats after a long dispute.",
    "Repairs to the sea wall took eleven months, twice as long as planned, and cost the port a third of its income.",
    "Skippers who had moved their boats down the coast said that they would be back before the herring season begins.",
]
FRENCH = "Le conseil du port a décidé lundi de rouvrir le quai du nord aux bateaux de pêche après un long différend."
CHINESE = "港口委员会周一宣布在长达十一个月的维修之后北部码头将重新向渔船开放。渔民们对这一决定表示欢迎。"


def html(*paragraphs: str, head: str = "", title: str = "Quay reopens") -> str:
    """A news page with what surrounds an article on it."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/sport'>Sport</a> <a href='/weather'>Weather</a></nav>"
        f"<article><h1>{title}</h1>{text}</article>"
        "<aside><h2>Most read</h2><a href='/1'>Ten ways to gut a fish</a></aside>"
        "<footer>All rights reserved. Contact. Privacy.</footer></body></html>"
    )


def clean(text: str | bytes, content_type: str = "text/html; charset=utf-8", **changes) -> Article | Rejected:
    return clean_page(make_page(text.encode() if isinstance(text, str) else text, content_type, **changes), SETTINGS)


def test_a_page_becomes_its_article() -> None:
    article = clean(html())
    assert article.title == "Quay reopens"
    assert all(paragraph in article.text for paragraph in PARAGRAPHS)
    assert not any(words in article.text for words in ("Home", "Most read", "Ten ways", "All rights reserved"))
    assert article.language == "en" and article.word_count == len(article.text.split()) >= 60
    assert (article.url, article.page_url) == ("https://outlet.example/a", "https://outlet.example/a")
    assert (article.feed_url, article.outlet) == ("https://outlet.example/feed", "Outlet")
    assert (article.version, article.fetched_at, article.story_id, article.copy_of) == (1, NOW, None, None)


def test_an_article_is_its_address() -> None:
    same = [
        clean(html(), page_url="https://outlet.example/a?utm_source=feed"),
        clean(html(*PARAGRAPHS, "A line more than before."), page_url="https://outlet.example/a#top"),
    ]
    other = clean(html(), page_url="https://outlet.example/b")
    assert same[0].article_id == same[1].article_id != other.article_id
    assert same[0].page_url == "https://outlet.example/a?utm_source=feed"


# What is no article


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b" ",
        b"x",
        b"<html></html>",
        b"<html><body><script>var a = 1;</script></body></html>",
        b"\0" * 1_000,
        bytes(range(256)),
        b"%PDF-1.4 not a page",
        "<p>\u200b</p>".encode(),
    ],
    ids=range(9),
)
def test_a_page_without_text_is_rejected(body: bytes) -> None:
    assert clean(body) in (Rejected("no_text"), Rejected("too_short"))


@pytest.mark.parametrize(("words", "passes"), [(19, False), (20, True), (21, True)])
def test_a_text_that_is_too_short_is_rejected(words: int, passes: bool) -> None:
    page = make_page(html().encode())
    counted = clean_page(page, SETTINGS).word_count
    outcome = clean_page(page, CleanSettings(min_words=counted + 20 - words))
    assert isinstance(outcome, Article) if passes else outcome == Rejected("too_short")


def test_a_script_without_spaces_has_words_too() -> None:
    article = clean(html(*[CHINESE] * 3))
    assert article.language == "zh" and article.word_count > 60
    assert clean(html(CHINESE[:12])) in (Rejected("too_short"), Rejected("no_text"))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("one", 1),
        ("two - words", 3),
        ("a line\nand another", 4),
        ("港口委员会", 3),
        ("港口 reopens 周一。", 3),
        ("ท่าเรือเปิด", 6),
        ("한국어 문장은 띄어 씁니다", 4),
    ],
)
def test_words_are_counted(text: str, words: int) -> None:
    assert count_words(text) == words


# Charsets


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (html(FRENCH).encode(), "text/html; charset=utf-8"),
        (html(FRENCH).encode(), "text/html; charset='UTF-8'"),
        (html(FRENCH).encode(), "text/html"),
        (html(FRENCH).encode("latin-1"), "text/html; charset=ISO-8859-1"),
        (html(FRENCH).encode("cp1252"), "text/html; charset=windows-1252"),
        (html(FRENCH, head="<meta charset=iso-8859-15>").encode("iso-8859-15"), "text/html"),
        (
            html(FRENCH, head="<meta http-equiv='Content-Type' content='text/html; charset=macroman'>").encode(
                "macroman"
            ),
            "",
        ),
        (html(FRENCH).encode("utf-8-sig"), "text/html; charset=latin-1"),
        (html(FRENCH).encode("utf-16"), "text/html"),
        (b"\xfe\xff" + html(FRENCH).encode("utf-16-be"), "text/html; charset=utf-8"),
        (html(*[FRENCH] * 9).encode("cp1252"), "text/html; charset=utf-8"),  # a wrong declaration
        (html(*[FRENCH] * 9).encode("cp1252"), "text/html"),  # none at all
        (html(FRENCH).encode(), "text/html; charset=no-such-charset"),
        (html(FRENCH).encode(), "text/html; charset="),
        (html(FRENCH).encode(), "text/html; charset=hex"),
        (html(FRENCH).encode(), "text/html; charset=unicode_escape"),
        (html(FRENCH).encode(), "text/html; charset=utf-7"),
    ],
)
def test_a_charset_is_found(body: bytes, content_type: str) -> None:
    assert FRENCH in decode_html(body, content_type)


def test_latin_1_means_windows_1252() -> None:
    assert decode_html("“quoted” – €5".encode("cp1252"), "text/html; charset=iso-8859-1") == "“quoted” – €5"


@pytest.mark.parametrize("code", ["shift_jis", "euc-jp", "gb18030", "euc-kr", "koi8-r", "windows-1251", "iso-8859-9"])
def test_a_declared_charset_of_the_world_is_read(code: str) -> None:
    text = {"s": "日本", "e": "日本", "g": "中国", "k": "Киев", "w": "Киев", "i": "Iğdir"}[code[0]]
    text = "한국" if code == "euc-kr" else text
    assert decode_html(f"<p>{text}</p>".encode(code), f"text/html; charset={code}") == f"<p>{text}</p>"


def test_one_broken_byte_does_not_change_the_rest() -> None:
    body = html(*[FRENCH] * 20).encode()
    at = body.index("é".encode()) + 1
    text = decode_html(body[:at] + body[at + 1 :], "text/html; charset=utf-8")
    assert text.count("différend") >= 19


def test_a_charset_that_is_slow_by_design_is_not_used() -> None:
    started = time.monotonic()
    decode_html(b"a-" + b"b" * 300_000, "text/html; charset=punycode")
    assert time.monotonic() - started < 1


@given(st.binary(max_size=200), st.text(max_size=20), st.sampled_from(["", "<meta charset={}>"]))
def test_any_bytes_are_some_text(body: bytes, charset: str, declared: str) -> None:
    head = declared.format(charset).encode("utf-8", "replace")
    assert isinstance(decode_html(head + body, f"text/html; charset={charset}"), str)


@pytest.mark.parametrize("prolog", ['<?xml version="1.0" encoding="utf-8"?>', "\ufeff", "\n\n", "<!-- cached -->"])
def test_what_stands_before_a_page_does_not_matter(prolog: str) -> None:
    assert PARAGRAPHS[0] in clean(prolog + html()).text


# What a table can hold


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("a\x00b\x07c\x1b[31md", "abc[31md"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\r\nb\rc", "a\nbc"),
        ("a\x85b\x9fc\x7fd", "abcd"),
        ("\u202eevil\u202c \u2066x\u2069", "evil x"),
        ("lone \ud800 half", "lone ? half"),
        ("  padded \n", "padded"),
        ("ä 中 😀", "ä 中 😀"),
    ],
)
def test_control_characters_and_half_characters_go(text: str, cleaned: str) -> None:
    assert clean_text(text) == cleaned


@given(st.text())
def test_clean_text_is_stable_and_can_be_written(text: str) -> None:
    cleaned = clean_text(text)
    assert clean_text(cleaned) == cleaned
    cleaned.encode("utf-8")


def test_a_title_is_one_line_without_tricks() -> None:
    article = clean(html(title="Quay\n reopens\u202e\x1b[31m &amp; more"))
    assert article.title == "Quay reopens[31m & more"


def test_the_feed_s_title_stands_in_for_a_missing_one() -> None:
    assert clean("<html><body>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)).title == "A title"


# Whose word counts


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("https://outlet.example/canonical", "https://outlet.example/canonical"),
        ("https://www.outlet.example/canonical", "https://www.outlet.example/canonical"),
        ("/canonical?utm_source=x", "https://outlet.example/canonical"),
        ("canonical", "https://outlet.example/canonical"),
        ("https://other.example/canonical", "https://outlet.example/a"),
        ("https://outlet.example.evil.example/a", "https://outlet.example/a"),
        ("javascript:alert(1)", "https://outlet.example/a"),
        ("", "https://outlet.example/a"),
        ("https://outlet.example/", "https://outlet.example/a"),  # the front page is no article
        ("https://[", "https://outlet.example/a"),
        ("/" + "x" * 3_000, "https://outlet.example/a"),
    ],
)
def test_a_canonical_address_counts_on_the_same_site_only(href: str, url: str) -> None:
    article = clean(html(head=f'<link rel="canonical" href="{href}">'))
    assert article.url == url


def test_an_outlet_is_named_by_the_list_else_by_its_page_else_by_its_host() -> None:
    named = html(head='<meta property="og:site_name" content="The Harbour Gazette">')
    nameless = make_entry(outlet="")
    assert clean(named).outlet == "Outlet"
    assert clean(named, entry=nameless).outlet == "The Harbour Gazette"
    assert clean(html(), entry=nameless).outlet


@pytest.mark.parametrize(
    ("names", "site", "authors"),
    [
        (None, None, []),
        ("", "Site", []),
        ("Ines Okafor", None, ["Ines Okafor"]),
        ("Ines Okafor; Tevita Moala", None, ["Ines Okafor", "Tevita Moala"]),
        ("Ines Okafor; INES OKAFOR; Ines  Okafor", None, ["Ines Okafor"]),
        ("The Gazette; Jo Adeyemi", "the gazette", ["Jo Adeyemi"]),
        ("L'Express", "L’Express", []),
        ("; ;-", None, []),
    ],
)
def test_authors_are_people_each_once(names: str | None, site: str | None, authors: list[str]) -> None:
    assert authors_of(names, site) == authors


def test_a_page_names_its_authors_else_its_feed() -> None:
    by_feed = make_entry(authors=["From the feed"])
    assert clean(html(head='<meta name="author" content="Ines Okafor">'), entry=by_feed).authors == ["Ines Okafor"]
    assert clean(html(), entry=by_feed).authors == ["From the feed"]


# Dates


MARCH_9 = Timestamp.from_rfc3339("2026-03-09T08:00:00Z")


@pytest.mark.parametrize(
    ("by_feed", "by_page", "expected"),
    [
        (MARCH_9, "2026-03-08", (MARCH_9, "feed")),
        (None, "2026-03-09T10:00:00+0200", (MARCH_9, "page")),
        (None, "2026-03-09T08:00:00", (MARCH_9, "page")),
        (None, "2026-03-09", (Timestamp.from_rfc3339("2026-03-09T00:00:00Z"), "page")),
        (None, "2014-01-01", (Timestamp.from_rfc3339("2014-01-01T00:00:00Z"), "page")),
        (None, "2031-01-01", (NOW, "page")),  # never later than it was fetched
        (None, "0001-01-01", (None, None)),
        (None, "0001-01-01T00:00:00+14:00", (None, None)),
        (None, "9 March", (None, None)),
        (None, "", (None, None)),
        (None, None, (None, None)),
    ],
)
def test_a_date_has_a_source(by_feed: Timestamp | None, by_page: str | None, expected: tuple) -> None:
    page = make_page(entry=make_entry(published_at=by_feed))
    assert published_at(page, by_page) == expected


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2026-03-09T10:00:00+02:00">',
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-03-09T08:00:00Z"}</script>',
        '<meta name="date" content="2026-03-09T08:00:00Z">',
    ],
)
def test_a_page_says_when_it_was_published(head: str) -> None:
    article = clean(html(head=head))
    assert (article.published_at, article.published_at_source) == (MARCH_9, "page")


def test_a_page_without_a_date_has_none() -> None:
    article = clean(html())
    assert (article.published_at, article.published_at_source) == (None, None)


# Languages


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (" ".join(PARAGRAPHS), "en"),
        (FRENCH, "fr"),
        (CHINESE, "zh"),
        ("Der Hafenrat hat am Montag beschlossen, den nördlichen Kai wieder für Fischerboote zu öffnen.", "de"),
        ("أعلن مجلس الميناء يوم الاثنين إعادة فتح الرصيف الشمالي أمام قوارب الصيد", "ar"),
        ("12 34 56", None),
        ("", None),
    ],
)
def test_a_text_tells_its_language(text: str, language: str | None) -> None:
    assert language_of(text) == language


# In the graph


def test_cleaning_settles_every_page() -> None:
    pages = [
        make_page(html().encode(), entry=make_entry(url="https://outlet.example/a")),
        make_page(b"<html></html>", entry=make_entry(url="https://outlet.example/empty")),
        make_page(html("Six words are not very many.").encode(), entry=make_entry(url="https://outlet.example/short")),
        make_page(html().encode(), entry=make_entry(url="https://outlet.example/bad"), page_url="no address"),
    ]
    fates = Fates()
    with beam.Pipeline("FnApiRunner") as pipeline:
        articles = pipeline | beam.Create(pages) | CleanArticles(SETTINGS, fates)
        rejected = fates.rejections | "Rejected" >> beam.Flatten()
        dead = fates.letters | "Dead" >> beam.Flatten()
        assert_that(
            articles | beam.Map(lambda article: article.url), equal_to(["https://outlet.example/a"]), "articles"
        )
        assert_that(
            rejected | beam.Map(lambda row: (row.step, row.reason, row.key)),
            equal_to(
                [
                    ("clean", "no_text", "https://outlet.example/empty"),
                    ("clean", "too_short", "https://outlet.example/short"),
                ]
            ),
            "rejected",
        )
        assert_that(
            dead | beam.Map(lambda row: (row.stage, row.reason, row.key)),
            equal_to([("clean", "bug", "https://outlet.example/bad")]),
            "dead",
        )
