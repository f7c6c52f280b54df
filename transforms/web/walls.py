"""What stands in place of an article: a challenge for robots, a consent wall, a paywall.

A teaser is no article, but a page that merely mentions cookies or subscriptions is. So no sign counts alone: what is in
the page's source must agree with how little, or what, its text says. Outlets mark pages as not free whose text is all
there; those are articles.
"""

import re
from collections.abc import Mapping
from typing import Optional

BLOCKED, CONSENT_WALL, PAYWALL = "blocked", "consent_wall", "paywall"


def _one_of(lines: str) -> re.Pattern:
    """A pattern for what fits one of the lines."""
    return re.compile("|".join(line.strip() for line in lines.strip().splitlines()), re.IGNORECASE)


_CHALLENGE_BYTES = 200_000  # a challenge is a small page
_CHALLENGE_WORDS = 120
_CHALLENGE = _one_of(
    r"""
    _cf_chl_opt
    cf-chl-
    cf-turnstile
    challenge-error-text
    /cdn-cgi/challenge-platform/h/
    captcha-delivery\.com
    px-captcha
    _incapsula_resource
    /_sec/cp_challenge
    sec-if-cpt-container
    ddos-guard
    sgcaptcha
    awswaf\.com
    distil_r_captcha
    h-captcha
    g-recaptcha
    """
)
_CHALLENGE_TITLE = re.compile(
    r"<title[^>]{0,99}>\s{0,99}(?:just a moment|attention required|access (?:to this page has been )?denied"
    r"|are you a (?:ro)?bot|robot or human|human verification|security (?:check|verification)|verify(?:ing)? you"
    r"|pardon our interruption|one moment, please|checking your browser|bot verification|captcha\b|request rejected)",
    re.IGNORECASE,
)

_TEASER_WORDS = 150  # of a page that says it is not free; its own word count is better, if it has one
_TEASER_SHARE = 0.6  # of the words that it says it has
_INVITED_WORDS = 250  # more than such a text before an invitation to subscribe is an article
_END_CHARS = 300
_NOT_FREE = re.compile(  # as the schemas write it: other cases would take ten times as long to look for
    r"\"isAccessibleForFree\"\s{0,9}:\s{0,9}\"?(?:https?://schema\.org/)?[Ff]alse\b"
    r"|content_tier\"[^<>]{0,40}content=\"locked\""
)
_JSON_LD = re.compile(r"<script[^<>]{0,300}ld\+json[^<>]{0,300}>(.*?)</script", re.IGNORECASE | re.DOTALL)
_WORD_COUNT = re.compile(r"\"wordCount\"\s{0,9}:\s{0,9}\"?(\d{1,6})\b")
_GATE = re.compile(
    r"(?:class|id)=[\"'][^\"'<>]{0,200}(?:pay-?wall|reg-?wall|subscribers?-only|subscription-wall|article-gate"
    r"|content-gate|premium-content|piano-|tp-modal|locked-content)",
    re.IGNORECASE,
)
_INVITATION = _one_of(  # in English as a sentence of its own: news of a paywall has the words within one
    r"""
    (?:^|[\n.!?:])\s*(?:subscribe|sign up|register|log in|sign in)(?: now| today)? (?:to|and) (?:continue|keep|read|get)
    (?:^|[\n.!?:])\s*(?:become a member|to (?:continue|keep) reading|start your (?:free )?(?:trial|subscription))
    (?:^|[\n.!?:])\s*(?:read the (?:full|rest of the) (?:article|story)|already (?:a|have a) (?:subscri|member))
    (?:^|[\n.!?:])\s*this (?:article|content|story) is (?:for|reserved|exclusive)\b.{0,20} (?:subscribers|members)
    (?:^|[\n.!?:])\s*(?:for|to) (?:our )?(?:subscribers|members) only
    \bnur für abonnenten|\bjetzt weiterlesen|\bweiterlesen mit|\bbereits (?:ein )?abo
    \bréservée? (?:à nos |aux )abonnés|\bdéjà abonné|\bil vous reste [\d.,]+ ?% de cet article
    \b(?:suscríbe(?:te|se)|regístrate) para (?:seguir|continuar|leer)|\b(?:exclusivo|solo) para suscriptores
    \babbonati per|\bassine para (?:ler|continuar)
    """
)
_CUT = re.compile(r"(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s*$")

_CONSENT_WORDS = 700
_CONSENT_HOST = re.compile(r"https?://(?:consent|guce|cmpv?2?|privacy-?gate)\.", re.IGNORECASE)
_CONSENT = tuple(  # one pattern for each thing that such a wall says
    _one_of(lines)
    for lines in (
        r"""
        \bwe (?:and our|value your|care about your)|\bour (?:\d+ |third[- ]party )?(?:partners|vendors)\b
        \bwir und unsere|\bunsere (?:\d+ )?partner
        \bnous et nos|\bnos (?:\d+ )?partenaires
        \bnosotros y nuestros|\bnuestros (?:\d+ )?socios
        \bnoi e i nostri|\bnostri (?:\d+ )?partner
        """,
        r"""
        \b(?:accept|reject|allow|agree to|decline) (?:all|and continue|& continue|cookies)\b|\bi accept\b
        \balles? (?:akzeptieren|ablehnen)
        \btout (?:accepter|refuser)|\bcontinuer sans accepter
        \b(?:aceptar|rechazar) tod[oa]s?
        \baccetta tutt[oi]
        """,
        r"""
        \b(?:manage|change|set|customi[sz]e) (?:your |my )?(?:cookies?|privacy|preferences|choices|settings|options)
        \beinstellungen (?:ändern|verwalten)
        \bgérer (?:vos|mes) (?:choix|cookies|préférences)
        \b(?:gestionar|configurar) (?:las |tus )?(?:cookies|preferencias|opciones)
        """,
        r"""
        \blegitimate interests?\b|\b(?:withdraw|give|revoke|change) (?:your|my) consent\b|\bby (?:clicking|continuing)\b
        \b(?:ihre|deine) einwilligung\b
        \bvotre consentement\b
        \b(?:su|tu) consentimiento\b
        \bil tuo consenso\b
        """,
        r"""
        \bpersonali[sz]ed (?:ads|advertising|content)|\bstore (?:and/or|and|or) access information
        \bpersonalisierte (?:werbung|anzeigen)|\bwerbung und tracking
        \b(?:publicités?|contenus?) personnalisée?s?
        \b(?:anuncios|publicidad|contenido) personalizad[oa]s?
        """,
        r"""
        \b(?:privacy|cookies?) (?:policy|notice|cent(?:re|er))\b|\b(?:use|set|uses|store) (?:of )?cookies\b
        \bdatenschutz|\bverwenden cookies
        \butilis\w{1,6} (?:des )?cookies
        \bpolítica de (?:privacidad|cookies)|\butilizamos cookies
        """,
        r"\bbefore you continue\b|\byour (?:data|privacy|choices)\b|\bvotre vie privée|\bihre (?:daten|privatsphäre)\b",
    )
)
_MANY_CONSENTS = 3  # different ones
_CONSENT_SHARE = 0.5  # of the text stands in lines that speak of it
_ADDRESSED = 0.04  # of its words are "we" and "you": news about consent speaks of others
_WE_AND_YOU = re.compile(
    r"\b(?:we|us|our|you|your|yours|wir|uns|unsere[rn]?|sie|ihre[nr]?|nous|nos|notre|vous|vos|votre|nosotros|nuestr[oa]s?"
    r"|usted|su|sus|tu|tus|noi|nostr[oiae]|tuo|tuoi)\b",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<(script|style|noscript|template|svg)\b.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


def is_challenge(status: int, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether an answer asks its reader to prove to be human. Header names are in lower case."""
    if headers.get("cf-mitigated", "").strip().lower() == "challenge":
        return True
    if status in (404, 410) or len(body) > _CHALLENGE_BYTES:
        return False
    return _is_challenge_page(body.decode("utf-8", "replace"))


def _is_challenge_page(page: str) -> bool:
    if len(page) > _CHALLENGE_BYTES or not (_CHALLENGE.search(page) or _CHALLENGE_TITLE.search(page)):
        return False
    return len(visible_text(page).split()) < _CHALLENGE_WORDS


def find_wall(page: str, url: str, text: str, words: int) -> Optional[str]:
    """Which wall a page is, or None.

    Args:
        page: its source.
        url: where redirects ended.
        text: the article that was found on it.
        words: of that text.
    """
    if words < _CHALLENGE_WORDS and _is_challenge_page(page):
        return BLOCKED
    if _is_consent_wall(page, url, text, words):
        return CONSENT_WALL
    return PAYWALL if _is_teaser(page, text, words) else None


def _is_consent_wall(page: str, url: str, text: str, words: int) -> bool:
    if words > _CONSENT_WORDS:
        return False
    if _CONSENT_HOST.match(url):
        return True
    if not text and len(page) > _CHALLENGE_BYTES:
        return False
    said = text or visible_text(page)
    lines = [line for line in said.splitlines() if line.strip()]
    spoken = [line for line in lines if any(pattern.search(line) for pattern in _CONSENT)]
    different = sum(any(pattern.search(line) for line in spoken) for pattern in _CONSENT)
    if different < _MANY_CONSENTS or sum(map(len, spoken)) < _CONSENT_SHARE * sum(map(len, lines)):
        return False
    return len(_WE_AND_YOU.findall(said)) >= _ADDRESSED * len(said.split())


def _is_teaser(page: str, text: str, words: int) -> bool:
    """Whether the rest of an article is for sale."""
    end = text[-_END_CHARS:]
    invited = bool(_INVITATION.search(end))
    if not _NOT_FREE.search(page):
        return words < _INVITED_WORDS and bool(_GATE.search(page)) and (invited or bool(_CUT.search(end)))
    if invited and words < _INVITED_WORDS:
        return True
    whole = _words_of_whole(page)
    return words < (whole * _TEASER_SHARE if whole else _TEASER_WORDS)


def _words_of_whole(page: str) -> int:
    """How many words a page that is not free says it has; 0 if it does not say."""
    for found in _JSON_LD.finditer(page):
        count = _WORD_COUNT.search(found[1])
        if count and _NOT_FREE.search(found[1]):
            return int(count[1])
    return 0


def visible_text(page: str) -> str:
    """A page without its scripts and tags, roughly; for pages that are small."""
    return _TAG.sub("\n", _SCRIPT.sub(" ", page))
