"""What holds for every test: no deadline that a busy machine could miss, and never the user's own library."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from sessions.live import broadcast

settings.register_profile("quarterdeck", max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("quarterdeck")

# Textual reads these when it is imported; a screen in a test looks the same in every terminal that runs it.
for name in [name for name in os.environ if name == "NO_COLOR" or name.startswith("TEXTUAL")]:
    del os.environ[name]
os.environ["TEXTUAL_FPS"] = "1000"  # a frame need not wait for the one before


def pytest_collection_finish() -> None:
    """Leave what was imported out of every later garbage collection: it is most of what there is, and none of it is garbage."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="session", autouse=True)
def library_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Point every command without a library to an empty one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUARTERDECK_LIBRARY", str(tmp_path_factory.mktemp("library")))
        yield


@pytest.fixture(scope="session", autouse=True)
def failing_watchers_fail_the_test() -> Iterator[None]:
    """Raise what goes wrong in a watcher of a session, instead of only logging it."""

    def fail(error: Exception) -> None:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(broadcast, "log_failure", fail)
        yield
