"""A real PostgreSQL for the tests of this folder: started once, on loopback, thrown away after."""

from __future__ import annotations

import itertools

import pytest

from stores.server import Server


@pytest.fixture(scope="session")
def server(tmp_path_factory):
    """A PostgreSQL server of our own that tests may stop and start."""
    server = Server()
    server.start()
    yield server
    server.remove()


_numbers = itertools.count()


@pytest.fixture
def postgres_url(server):
    """The URL of a new empty database."""
    return server.new_database(f"test{next(_numbers)}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres), "duckdb"])
def url(request, tmp_path):
    """The URL of a new empty database of each kind."""
    if request.param == "postgresql":
        return request.getfixturevalue("postgres_url")
    return f"{request.param}:///{tmp_path}/notices.{request.param}"


@pytest.fixture(autouse=True)
def _state_folder(tmp_path, monkeypatch):
    """Tracebacks of runs into a server go here and not into somebody's home."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
