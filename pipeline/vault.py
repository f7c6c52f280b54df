"""Small texts that a job in the cloud is given by name: an object in a bucket, or a secret."""

import base64

from transforms.errors import UsageError

SCHEMES = ("gs://", "secret:")
SECRETS = "https://secretmanager.googleapis.com"
_MAX_BYTES = 10 * 2**20


def is_remote(name: str) -> bool:
    """Whether `name` is one of those that `read` understands."""
    return name.startswith(SCHEMES)


def read(name: str) -> bytes:
    """The contents of `gs://bucket/object` or `secret:projects/P/secrets/S/versions/V`.

    UsageError, with what to do, if it is not there or may not be read.
    """
    try:
        contents = _secret(name.removeprefix("secret:")) if name.startswith("secret:") else _object(name)
    except ImportError as error:
        raise UsageError(f"{name}: needs the extra: pip install 'newsbeam[gcp]'") from error
    except Exception as error:  # of whichever client library; its own words say what is wrong
        raise UsageError(f"{name}: cannot be read: {error}") from error
    if len(contents) > _MAX_BYTES:
        raise UsageError(f"{name}: larger than {_MAX_BYTES} bytes; no list of feeds is")
    return contents


def _object(name: str) -> bytes:
    from apache_beam.io.filesystems import FileSystems

    with FileSystems.open(name) as file:
        return file.read(_MAX_BYTES + 1)


def _secret(name: str) -> bytes:
    """By Secret Manager's REST API: one request, with no library but the one that knows the credentials."""
    import google.auth
    from google.auth.transport.requests import AuthorizedSession

    credentials, _ = google.auth.default(scopes=["https://www.googleapis.com/auth/cloud-platform"])
    with AuthorizedSession(credentials) as session:
        answer = session.get(f"{SECRETS}/v1/{name}:access", timeout=30)
    answer.raise_for_status()
    return base64.b64decode(answer.json()["payload"]["data"])
