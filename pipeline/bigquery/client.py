"""The client of BigQuery: imported when it is needed, jobs that run once, and errors in plain words.

`BIGQUERY_EMULATOR_HOST` (http://host:port) leads to an emulator, without credentials.
"""

import contextlib
import os
from collections.abc import Callable, Iterator
from typing import Any, Optional

from transforms.errors import DestinationError, NewsbeamError

FIRST_SECONDS = 30.0
JOB_TRIES = 4  # of a job that failed for a reason that passes; each under a name of its own
PASSING = frozenset(
    "backendError internalError rateLimitExceeded jobBackendError jobInternalError jobRateLimitExceeded".split()
)


def bigquery() -> Any:
    """The module google.cloud.bigquery. DestinationError says how to get it."""
    try:
        from google.cloud import bigquery
    except ImportError as error:
        raise DestinationError("BigQuery needs its client: pip install 'newsbeam[gcp]'") from error
    return bigquery


def emulated() -> bool:
    """Whether we speak to an emulator."""
    return bool(os.environ.get("BIGQUERY_EMULATOR_HOST"))


def open_client(project: str, location: Optional[str] = None) -> Any:
    """A client of `project`, whose jobs run in `location`. DestinationError if there are no credentials."""
    module = bigquery()
    with plain_errors(f"project {project}"):
        if not emulated():
            return module.Client(project=project, location=location)
        from google.auth.credentials import AnonymousCredentials

        return module.Client(project=project, location=location, credentials=AnonymousCredentials())


def soon() -> Any:
    """For the first request to BigQuery: where nobody answers, a user is told after half a minute, not ten."""
    bigquery()
    from google.cloud.bigquery.retry import DEFAULT_RETRY

    return DEFAULT_RETRY.with_timeout(FIRST_SECONDS)


@contextlib.contextmanager
def plain_errors(what: str, wrong: type[NewsbeamError] = DestinationError) -> Iterator[None]:
    """Turns what the client raises into DestinationError with what to do; a request that is wrong into `wrong`."""
    bigquery()
    import requests
    from google.api_core import exceptions
    from google.auth.exceptions import DefaultCredentialsError, GoogleAuthError

    try:
        yield
    except DefaultCredentialsError as error:
        raise DestinationError(
            f"{what}: no Google Cloud credentials; sign in with `gcloud auth application-default login`"
        ) from error
    except GoogleAuthError as error:
        raise DestinationError(f"{what}: signing in to Google Cloud failed: {error}") from error
    except exceptions.Forbidden as error:
        raise DestinationError(f"{what}: {_forbidden(error)}") from error
    except exceptions.NotFound as error:
        raise wrong(f"{what}: not found: {_said(error)}") from error
    except exceptions.BadRequest as error:
        raise _bad_request(what, error, wrong) from error
    except (exceptions.GoogleAPIError, requests.RequestException) as error:
        raise DestinationError(f"{what}: BigQuery did not answer as it should: {_said(error)}") from error


def _bad_request(what: str, error: Any, wrong: type[NewsbeamError]) -> NewsbeamError:
    reasons = {each.get("reason") for each in error.errors or ()}
    if reasons & {"bytesBilledLimitExceeded"}:
        return NewsbeamError(f"{what}: {_said(error)}; ask for less, or raise the limit")
    return wrong(f"{what}: {_said(error)}")


def _forbidden(error: Any) -> str:
    if {each.get("reason") for each in error.errors or ()} & {"quotaExceeded", "rateLimitExceeded"}:
        return f"a quota of the project is used up: {_said(error)}"
    return (
        f"no permission ({_said(error)}); the account needs the roles BigQuery Data Editor on the dataset "
        "and BigQuery Job User on the project"
    )


def _said(error: Any) -> str:
    """The first line of what BigQuery said, without the address that was asked."""
    text = getattr(error, "message", None) or str(error) or type(error).__name__
    return text.partition("?prettyPrint=false: ")[2].split("\n")[0] or text.split("\n")[0]


def run_job(client: Any, name: str, start: Callable[[str], Any]) -> Any:
    """A finished job, started by `start(job_id)`; the same name is run once, however often it is asked for.

    BigQuery refuses a second job of one id. Such a job is waited for instead: a bundle that is retried, or a worker
    that was thought dead, finds what the first one did. A job that failed for a reason that passes has another try,
    under the next id.
    """
    from google.api_core import exceptions

    for number in range(JOB_TRIES):
        job_id = f"{name}-{number}"
        try:
            job = start(job_id)
        except exceptions.Conflict:
            job = client.get_job(job_id)
        try:
            job.result()
            return job
        except exceptions.GoogleAPICallError:
            if not _passes(job.error_result or {}) or number == JOB_TRIES - 1:
                raise
    raise AssertionError("the last try returns or raises")


def _passes(error: dict[str, str]) -> bool:
    """Whether trying again may help: BigQuery was busy, or the renewal of our own lease came between."""
    return error.get("reason") in PASSING or "concurrent update" in error.get("message", "")
