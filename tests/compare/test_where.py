from __future__ import annotations

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticetab import stores
from noticetab.compare.where import FIELDS, WhereError, condition, select
from noticetab.stores.ingest import Settings
from stores.server import Server

from .samples import NOTICES


@pytest.fixture(
    scope="module", params=["sqlite", "duckdb", pytest.param("postgresql", marks=pytest.mark.postgres)]
)
def store(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("db")
    if request.param == "postgresql":
        server = Server()
        server.start()
        request.addfinalizer(server.remove)
        url = server.new_database("compared")
    else:
        url = f"{request.param}:///{folder}/notices.{request.param}"
    with stores.open(url) as opened:
        opened.ingest([NOTICES], Settings(tracebacks=folder, jobs=1))
        yield opened


@pytest.mark.parametrize(
    ("where", "regions"),
    [
        (None, ["天津市", "唐山市", "历城区", "天津市", "天津市"]),
        ("series='全国科普日' and year=2023", ["唐山市"]),
        ("series='全国科普日'", ["唐山市", "天津市"]),
        ("year in (2022, 2024)", ["天津市", "天津市"]),
        ("YEAR = 2023 AND NOT region = '天津市'", ["唐山市", "历城区"]),
        ("edition between 36 and 37", ["天津市", "天津市"]),
        ("issued_on >= '2023-06-01' and issued_on < '2024-01-01'", ["唐山市"]),
        ("doc_number is not null", ["天津市", "历城区"]),
        ('title like "%方案%" or (region="唐山市")', ["天津市", "唐山市", "历城区"]),
        ("theme = '热爱科学 崇尚科学'", ["天津市", "历城区"]),
        ("organizer like '%宣传部'", ["唐山市", "历城区"]),
        ("region = 'it''s'", []),
    ],
)
def test_filters_choose_notices(store, where, regions):
    found = [record.notice.region for record in select(store, where)]
    assert sorted(found) == sorted(regions)


def test_order_is_by_year_then_region(store):
    years = [record.events[0].year for record in select(store)]
    assert years == sorted(years)


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ("name='x'", "no field"),
        ("year=2023; drop table notices", "cannot read"),
        ("year=2023 union select 1", "did not expect"),
        ("year='zwei'", "whole number"),
        ("issued_on > '2023'", "date"),
        ("region", "needs ="),
        ("region=", "needs a value"),
        ("region=title", "needs a value"),
        ("(year=2023", r"needs '\)'"),
        ("year like '2%'", "no text"),
        ("year in ()", "needs a value"),
        ("(" * 60 + "year=1" + ")" * 60, "nested"),
        ("year=1 or " * 400 + "year=1", "longer"),
    ],
)
def test_what_cannot_be_understood_is_said(where, message):
    with pytest.raises(WhereError, match=message):
        condition(where)


@given(st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_any_text_is_a_filter_or_an_error(text):
    with contextlib.suppress(WhereError):
        condition(text)


@given(st.sampled_from(sorted(n for n, f in FIELDS.items() if f[2] is str)), st.text(max_size=30))
@settings(max_examples=150, deadline=None)
def test_values_are_bound_and_never_part_of_the_statement(field, value):
    quoted = value.replace("'", "''")
    compiled = condition(f"{field} = '{quoted}'").compile()
    assert value in compiled.params.values()
    assert len(str(compiled)) < 300
