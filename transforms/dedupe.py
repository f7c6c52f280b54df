"""Dedupe: from articles to stories. Three duplicates, three answers.

Same URL: one article; another text is its next version. Same text elsewhere: `copy_of`. Same event in other words: one
`story_id`. The first is decided here, by the article's id; the other two in `stories.merging`, in one pure function
over what is remembered of live articles (their signatures) and the new ones.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, Optional

import apache_beam as beam
import pyarrow.compute as pc
from apache_beam import pvalue
from apache_beam.coders import VarIntCoder
from apache_beam.transforms import userstate
from apache_beam.transforms.timeutil import TimeDomain
from apache_beam.utils.timestamp import Duration, Timestamp

from transforms.coders import register
from transforms.fates import DEAD, REJECTED, Attempt, Fates, Rejected, settle, typed
from transforms.records import Article, StoryMerge
from transforms.state import RecordCoder
from transforms.stories.archive import pack, unpack
from transforms.stories.merging import StoryState, merge
from transforms.stories.similarity import Signature, sign

SIGNATURES, MERGES, MOVED = "signatures", "merges", "moved"
TIDY_SECONDS = 3_600  # event time after an article, when its language's memory is tidied up


class Signed(NamedTuple):
    """An article and what dedupe will remember of it; without an article, what an earlier job remembered."""

    article: Optional[Article]
    signature: Signature


register(Signature)
register(Signed)


def sign_article(article: Article) -> Signed:
    """The article with its signature."""
    return Signed(
        article,
        sign(
            article_id=article.article_id,
            version=article.version,
            url=article.url,
            outlet=article.outlet,
            title=article.title,
            text=article.text,
            language=article.language,
            published_at=_seconds(article.published_at),
            fetched_at=_seconds(article.fetched_at),
        ),
    )


def _seconds(time: Optional[Timestamp]) -> Optional[float]:
    return None if time is None else time.micros / 1e6


def choose_versions(
    known: Mapping[str, Signature], new: Iterable[Signed]
) -> tuple[list[Signed], list[tuple[Article, Rejected]]]:
    """Same URL: which of the new articles are articles or versions that we have not seen, numbered.

    Of several pages with one canonical address the one fetched last counts. Returns those to go on with and the others.
    """
    latest: dict[str, Signed] = {}
    rejected = []
    for signed in sorted(new, key=_fetched):
        before = latest.get(signed.article.article_id)
        if before:
            rejected.append((before.article, Rejected("same_url")))
        latest[signed.article.article_id] = signed
    chosen = []
    for article_id, signed in sorted(latest.items()):
        before = known.get(article_id)
        if before and (before.text_id, before.title) == (signed.signature.text_id, signed.signature.title):
            rejected.append((signed.article, Rejected("unchanged")))
        else:
            chosen.append(_as_version(signed, before.version + 1 if before else 1))
    return chosen, rejected


def _fetched(signed: Signed) -> tuple[Timestamp, str]:
    return signed.article.fetched_at, signed.article.page_url


def _as_version(signed: Signed, version: int) -> Signed:
    return Signed(signed.article._replace(version=version), signed.signature._replace(version=version))


@dataclasses.dataclass
class DedupeArticles(beam.PTransform):
    """In: Article. Out: `articles` (Article with its story), `signatures` (Signature), `merges` (StoryMerge), `moved`.

    `moved` are pairs (article_id, story_id) of remembered articles that belong to another story now. Rejects: same_url,
    unchanged. `remembered` turns the times of new articles into the signatures that are live then, in blocks of columns
    (`archive.pack`): of many remembered articles few are looked at. Articles of different languages are never compared.
    """

    remembered: beam.PTransform
    fates: Fates

    def expand(self, articles: beam.PCollection):
        signed = articles | "Sign" >> Attempt("sign", sign_article, Signed, self.fates)
        prior = signed | "Times" >> beam.Map(_time_of).with_output_types(float) | "Remember" >> self.remembered
        outputs = (
            {
                "new": signed | "NewByLanguage" >> beam.Map(_by_language).with_output_types(tuple[str, Signed]),
                "prior": prior
                | "PriorByLanguage" >> beam.FlatMap(_block_by_language).with_output_types(tuple[str, bytes]),
            }
            | "Meet" >> beam.CoGroupByKey()
            | "Merge" >> beam.ParDo(_MergeFn()).with_outputs(REJECTED, DEAD, SIGNATURES, MERGES, MOVED)
        )
        return _outputs(outputs, self.fates)


class _MergeFn(beam.DoFn):
    def process(self, keyed: tuple[str, dict[str, Iterable[Any]]]):
        new, prior = list(keyed[1]["new"]), keyed[1]["prior"]
        if new:
            yield from place(StoryState.from_tables(map(unpack, prior)), new)


def place(state: StoryState, new: Iterable[Signed], live_days: Optional[float] = None) -> Iterator[Any]:
    """Gives new articles their fate and their place, and remembers them in `state`: the outputs of both deduping steps.

    Plain: Article. Tagged: REJECTED, SIGNATURES (rows to write), MERGES, MOVED.
    """
    chosen, rejected = choose_versions(state.articles, new)
    for article, reason in rejected:
        yield settle("dedupe", article, reason)
    _, outputs = merge(state, [signed.signature for signed in chosen], live_days=live_days)
    placements = {placement.article_id: placement for placement in outputs.placements}
    for signed in chosen:
        at = placements.pop(signed.article.article_id)
        placed = signed.article._replace(story_id=at.story_id, copy_of=at.copy_of)
        yield settle("dedupe", placed, placed)
    for signature in outputs.signatures:
        yield pvalue.TaggedOutput(SIGNATURES, signature)
    for moved in placements.values():  # those left are of articles that were remembered
        yield pvalue.TaggedOutput(MOVED, (moved.article_id, moved.story_id))
    for merged in outputs.merges:
        yield pvalue.TaggedOutput(MERGES, StoryMerge(merged.story_id, merged.merged_into, Timestamp.now()))


@dataclasses.dataclass
class DedupeStream(beam.PTransform):
    """In: `articles` (Article, unbounded), `remembered` (Signature). Out: as `DedupeArticles`. Stateful by language.

    The same merge, article by article as they come, with the signatures in Beam's state instead of a table; those that
    an earlier job wrote come in as `remembered`. What is older than `live_days`, by the articles' own time, is
    forgotten.
    """

    live_days: float
    fates: Fates

    def expand(self, found):
        signed = found["articles"] | "Sign" >> Attempt("sign", sign_article, Signed, self.fates)
        remembered = found["remembered"] | "Remembered" >> beam.Map(_recalled).with_output_types(Signed)
        outputs = (
            (signed, remembered)
            | beam.Flatten()
            | "ByLanguage" >> beam.Map(_by_language).with_output_types(tuple[str, Signed])
            | "Merge" >> beam.ParDo(_StreamFn(self.live_days)).with_outputs(REJECTED, DEAD, SIGNATURES, MERGES, MOVED)
        )
        return _outputs(outputs, self.fates)


def _outputs(outputs: pvalue.DoOutputsTuple, fates: Fates) -> dict[str, beam.PCollection]:
    return {
        "articles": fates.of(outputs, Article),
        "signatures": typed(outputs[SIGNATURES], Signature),
        "merges": typed(outputs[MERGES], StoryMerge),
        "moved": typed(outputs[MOVED], tuple[str, str]),
    }


class _StreamFn(beam.DoFn):
    """Holds what `StoryState` is made from in a bag; the state itself is kept between elements while it is current."""

    REMEMBERED = userstate.BagStateSpec("remembered", RecordCoder(Signature))
    STEPS = userstate.ReadModifyWriteStateSpec("steps", VarIntCoder())
    TIDY = userstate.TimerSpec("tidy", TimeDomain.WATERMARK)

    def __init__(self, live_days: float):
        self.live_days = live_days

    def setup(self):
        self.kept: dict[str, tuple[int, StoryState]] = {}  # by language: after so many steps

    def process(
        self,
        keyed: tuple[str, Signed],
        time=beam.DoFn.TimestampParam,
        remembered=beam.DoFn.StateParam(REMEMBERED),
        steps=beam.DoFn.StateParam(STEPS),
        tidy=beam.DoFn.TimerParam(TIDY),
    ):
        language, signed = keyed
        state = self._state(language, remembered, steps)
        if signed.article is None and recall(state, signed.signature):
            remembered.add(signed.signature)
        for output in place(state, [signed] if signed.article else [], self.live_days):
            if getattr(output, "tag", None) == SIGNATURES:
                remembered.add(output.value)
            yield output
        self._keep(language, state, steps)
        if signed.article:
            tidy.set(time + Duration.of(TIDY_SECONDS))

    @userstate.on_timer(TIDY)
    def forget(
        self,
        language=beam.DoFn.KeyParam,
        remembered=beam.DoFn.StateParam(REMEMBERED),
        steps=beam.DoFn.StateParam(STEPS),
    ):
        """Leaves one row an article in the bag, of live articles only."""
        state = self._state(language, remembered, steps).tidied()
        remembered.clear()
        for signature in state.signatures():
            remembered.add(signature)
        self._keep(language, state, steps)

    def _state(self, language: str, remembered: Any, steps: Any) -> StoryState:
        """The state after all steps so far: ours, unless another worker has had the key since."""
        count, state = self.kept.get(language, (-1, None))
        if count == (steps.read() or 0):
            return state
        state = StoryState.from_signatures(remembered.read())
        state.expire(self.live_days)  # the bag holds on to what was forgotten until it is tidied
        return state

    def _keep(self, language: str, state: StoryState, steps: Any) -> None:
        count = (steps.read() or 0) + 1
        self.kept[language] = (count, state)
        steps.write(count)


def recall(state: StoryState, signature: Signature) -> bool:
    """Holds what an earlier job remembered, unless something newer is held of the same article. Whether it did."""
    held = state.articles.get(signature.article_id)
    if held and held.revision >= signature.revision:
        return False
    state.hold(signature)
    return True


def _recalled(signature: Signature) -> Signed:
    return Signed(None, signature)


def _time_of(signed: Signed) -> float:
    return signed.signature.time


def _by_language(signed: Signed) -> tuple[str, Signed]:
    return signed.signature.language or "", signed


def _block_by_language(block: bytes) -> Iterator[tuple[str, bytes]]:
    table = unpack(block)
    languages = table["language"].fill_null("")
    for language in languages.unique().to_pylist():
        yield language, pack(table.filter(pc.equal(languages, language)))
