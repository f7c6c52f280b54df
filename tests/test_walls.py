"""What stands in place of an article, and what only looks like it. All pages are of our own making."""

import functools

import pytest
from conftest import Answer, Site, make_page

from transforms.clean import CleanSettings, clean_page
from transforms.fates import Rejected
from transforms.web.crawl import Request, crawl
from transforms.web.extraction import parse_page
from transforms.web.http import HttpSettings
from transforms.web.text import count_words
from transforms.web.walls import find_wall, is_challenge

NEWS = (
    "The regional assembly in Port Lorne voted on Tuesday to close the old harbour road after two lorries slid into "
    "the basin during the storm at the weekend. Nobody was hurt, said Ada Merrick, who runs the ferry office. "
)
ABOUT_CONSENT = """<p>The data protection authority in Velden fined three publishers on Tuesday because their sites made
it harder to reject all cookies than to accept all cookies. The use of cookies for personalised ads needs consent, it
said.</p><p>"Readers must be able to change their preferences as easily as they give them", said its head, Mira Tolland.
The publishers had argued that advertising was a legitimate interest.</p><p>Their privacy policy named more than 600
companies. The authority said that nobody could read it in an hour. The publishers have a month to appeal.</p>"""
ABOUT_PAYWALLS = """<p>The Delta Ledger will put its archive behind a paywall in March, its publisher said on
Monday. Readers will have to subscribe to continue reading stories that are older than a week.</p>
<p>The paper lost a fifth of its income from advertising last year,
and the union said that the plan came too late for twelve of its reporters.</p>"""


def article(body: str, head: str = "", title: str = "Harbour road to close") -> str:
    nav = "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"
    return (
        f"<!doctype html><html><head><title>{title}</title>{head}</head><body>{nav}<main><article><h1>{title}</h1>"
        f"{body}</article></main><footer>Copyright</footer></body></html>"
    )


def paragraphs(words: int) -> str:
    sentences = NEWS.split()
    text = (sentences * (words // len(sentences) + 1))[:words]
    return "".join(f"<p>{' '.join(text[start : start + 40])}.</p>" for start in range(0, words, 40))


def ld(**fields: object) -> str:
    shown = ", ".join(f'"{name}": {value}' for name, value in fields.items())
    return f'<script type="application/ld+json">{{"@type": "NewsArticle", {shown}}}</script>'


LOCKED, FREE = ld(isAccessibleForFree="false"), ld(isAccessibleForFree="true")
INVITED = "<p>Subscribe to continue reading this article.</p>"
GATE = '<div class="article__paywall js-gate"><p>Already a subscriber? Log in.</p></div>'

CHALLENGES = {
    "a moment": "<html><head><title>Just a moment...</title></head><body><h1>outlet.example</h1><p>Checking that you "
    "are human.</p><script>window._cf_chl_opt={cType:'managed'}</script></body></html>",
    "denied": "<HTML><HEAD>\n<TITLE>Access Denied</TITLE>\n</HEAD><BODY><H1>Access Denied</H1>Reference #18</BODY>",
    "puzzle": "<html><head><title>outlet.example</title></head><body><script src='https://geo.captcha-delivery.com/c.js'>"
    "</script><p>Please enable JS and disable any ad blocker</p></body></html>",
    "frame": "<html><body><iframe src='/_Incapsula_Resource?x=1'>Request unsuccessful.</iframe></body></html>",
    "press": "<html><head><title>Robot or human?</title></head><body><div id='px-captcha'></div></body></html>",
}

CONSENT = {
    "list of uses": """<h1>Before you continue</h1><p>We use cookies and data to deliver our services, and to measure
how you use them.</p><p>If you choose "Accept all", we will also use cookies and data to show personalised ads,
depending on your settings.</p><p>If you choose "Reject all", we will not use cookies for these additional purposes.
Manage options to see more. You can change your choices at any time in our privacy policy.</p>""",
    "partners": """<h1>We value your privacy</h1><p>We and our 246 partners store and/or access information on a device,
such as cookies, to show you personalised content. With your permission we and our partners may use precise data.</p>
<p>You may withdraw your consent at any time. Some of our partners rely on their legitimate interest. Manage your
choices below or read our privacy policy.</p>""",
    "in German": """<h1>Mit Werbung weiterlesen</h1><p>Besuchen Sie unsere Seite wie gewohnt mit Werbung und Tracking.
Wir und unsere 180 Partner verwenden Cookies, um Ihnen Anzeigen zu zeigen. Mit "Alle akzeptieren" geben Sie uns Ihre
Einwilligung.</p><p>Details in unserem Datenschutz-Center, wo Sie Ihre Einwilligung widerrufen. Unsere Partner und wir
brauchen Ihre Zustimmung.</p>""",
    "in French": """<h1>Votre vie privée</h1><p>Nous et nos 812 partenaires utilisons des cookies pour mesurer votre
visite. Vous pouvez tout accepter ou continuer sans accepter.</p><p>Vous pouvez retirer votre consentement à tout
moment. Nos partenaires utilisent cookies et autres traceurs, et vous pouvez tout refuser.</p>""",
}

TEASERS = {
    "marked, short": (article(paragraphs(60), LOCKED), 60),
    "marked as text": (article(paragraphs(60), ld(isAccessibleForFree='"False"')), 60),
    "marked, of many words": (article(paragraphs(200), ld(isAccessibleForFree="false", wordCount="900")), 200),
    "marked, with an invitation": (article(paragraphs(200) + INVITED, LOCKED), 207),
    "marked in a tag": (article(paragraphs(60), '<meta property="article:content_tier" content="locked">'), 60),
    "unmarked, with a gate": (article(paragraphs(80) + INVITED + GATE), 90),
    "unmarked, cut off": (article(paragraphs(60) + "<p>The minister then …</p>" + '<div id="regwall"></div>'), 64),
}

NO_WALLS = {
    "news about consent": article(ABOUT_CONSENT),
    "news about paywalls": article(ABOUT_PAYWALLS),
    "news about paywalls, by a page with one": article(ABOUT_PAYWALLS + '<div class="paywall"></div>'),
    "all there, although not free": article(paragraphs(600), LOCKED),
    "all there, by its own count": article(paragraphs(120), ld(isAccessibleForFree="false", wordCount="130")),
    "all there, with an invitation": article(paragraphs(400) + INVITED + GATE, LOCKED),
    "free": article(paragraphs(60), FREE),
    "another's word count": article(paragraphs(200), LOCKED + '<script>{"related": {"wordCount": 4000}}</script>'),
    "with a banner": article(paragraphs(120)) + f'<div id="cookie-banner">{CONSENT["partners"]}</div>',
    "with a captcha in a form": article(paragraphs(150) + '<form><div class="g-recaptcha"></div></form>'),
    "guarded by scripts": article(paragraphs(60), '<script src="/cdn-cgi/challenge-platform/scripts/jsd/main.js">'),
    "of a title that says it": article(paragraphs(150), title="Access denied: how a village lost its road"),
    "on robots": article(paragraphs(150), title="Are you a robot? A court asks"),
    "a brief that ends in dots": article(paragraphs(40) + "<p>More follows...</p>"),
    "a brief with a login": article(paragraphs(40) + "<p>Sign in to comment.</p>"),
}


def wall_of(page: str, url: str = "https://outlet.example/a") -> str | None:
    return parse_page(page.encode(), "text/html; charset=utf-8", url).wall


@pytest.mark.parametrize("page", CHALLENGES.values(), ids=CHALLENGES)
@pytest.mark.parametrize("status", [200, 403, 429, 503])
def test_a_page_that_lets_only_people_through_is_known(page: str, status: int) -> None:
    assert is_challenge(status, {}, page.encode())
    assert wall_of(page) == "blocked"


@pytest.mark.parametrize(
    ("status", "headers", "body"),
    [
        (403, {}, b"<html><head><title>403 Forbidden</title></head><body>nginx</body></html>"),
        (503, {}, b"<h1>Back soon</h1>"),
        (404, {}, CHALLENGES["press"].encode()),
        (200, {}, article(paragraphs(300)).encode()),
        (403, {"cf-mitigated": "none"}, b""),
    ],
)
def test_what_is_no_challenge(status: int, headers: dict, body: bytes) -> None:
    assert not is_challenge(status, headers, body)


def test_a_header_says_it_too() -> None:
    assert is_challenge(403, {"cf-mitigated": "challenge"}, b"")


@pytest.mark.parametrize("text", CONSENT.values(), ids=CONSENT)
def test_a_consent_wall_is_no_article(text: str) -> None:
    assert wall_of(article(text, title="News")) == "consent_wall"
    assert find_wall(f"<html><body>{text}</body></html>", "https://outlet.example/a", "", 0) == "consent_wall"


def test_a_host_of_consent_is_known_by_its_name() -> None:
    short = article("<p>Your choices are kept here.</p>")
    assert wall_of(short, "https://consent.outlet.example/collect?x=1") == "consent_wall"
    assert wall_of(article(paragraphs(900)), "https://consent.outlet.example/") is None


@pytest.mark.parametrize(("page", "words"), TEASERS.values(), ids=TEASERS)
def test_a_teaser_is_no_article(page: str, words: int) -> None:
    parsed = parse_page(page.encode(), "text/html; charset=utf-8", "https://outlet.example/a")
    assert parsed.wall == "paywall"


@pytest.mark.parametrize("page", NO_WALLS.values(), ids=NO_WALLS)
def test_an_article_is_no_wall(page: str) -> None:
    assert wall_of(page) is None


@pytest.mark.parametrize("words", [150, 300, 600])
def test_the_full_text_behind_a_mark_is_an_article(words: int) -> None:
    text = " ".join((NEWS.split() * 20)[:words])
    assert find_wall(LOCKED, "https://outlet.example/a", text, count_words(text)) is None


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (CHALLENGES["a moment"], "blocked"),
        (article(CONSENT["partners"]), "consent_wall"),
        (TEASERS["marked, short"][0], "paywall"),
    ],
)
def test_cleaning_rejects_a_wall_with_its_reason(page: str, reason: str) -> None:
    assert clean_page(make_page(page.encode()), CleanSettings()) == Rejected(reason)


def test_a_host_that_lets_only_people_through_is_told_from_one_that_refuses(
    site: Site, http_settings: HttpSettings
) -> None:
    site.answers = {
        "/header": Answer(b"no", 403, {"cf-mitigated": "challenge"}),
        "/page": Answer(CHALLENGES["denied"].encode(), 503),
        "/plain": Answer(b"Forbidden", 403),
    }
    request = functools.partial(Request, limit=100_000, headers={}, heed_robots=False)
    answers = crawl([request(path, site.url(path)) for path in site.answers], http_settings)
    reasons = {path: (failure.reason, failure.status) for path, failure in answers}
    assert reasons == {"/header": ("blocked", 403), "/page": ("blocked", 503), "/plain": ("http_403", 403)}
