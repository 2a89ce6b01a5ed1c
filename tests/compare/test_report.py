from __future__ import annotations

import datetime as dt
import json
from html.parser import HTMLParser

import pytest
from openpyxl import load_workbook

from noticetab.compare import compare, report, workbook
from noticetab.compare.page import render
from noticetab.compare.texts import texts

from .hostile import FORMULA, HOSTILE, hostile


class Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags, self.links, self.handlers = [], [], []

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        for name, value in attributes:
            if name in ("src", "href", "action", "data"):
                self.links.append(value)
            if name.startswith("on"):
                self.handlers.append(name)


def parsed(page: str) -> Page:
    found = Page()
    found.feed(page)
    return found


def test_text_of_notices_is_escaped():
    harmless = parsed(render(compare([hostile("甲市", "甲"), hostile("乙市", "甲")])))
    page = parsed(render(compare([hostile("甲市", HOSTILE), hostile("乙市", HOSTILE)])))
    assert page.tags.count("script") == harmless.tags.count("script")
    assert "img" not in page.tags
    assert not page.handlers


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_needs_no_network(comparison, language):
    page = render(comparison, language)
    found = parsed(page)
    assert all(link.startswith("#") for link in found.links)
    assert not {"link", "iframe", "img", "object", "embed"} & set(found.tags)
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


def test_folders_of_the_maker_are_not_passed_on():
    assert "private/" not in render(compare([hostile("甲市", "甲"), hostile("乙市", "甲")]))


def test_same_comparison_same_page(records):
    assert render(compare(records)) == render(compare(records))


def test_both_languages_have_every_text():
    assert texts("zh").keys() == texts("en").keys()
    with pytest.raises(ValueError, match="language"):
        texts("fr")


def test_report_appears_whole_or_not_at_all(comparison, tmp_path, monkeypatch):
    target = tmp_path / "report.html"
    assert report(comparison, target) == target
    before = target.read_text("utf-8")
    monkeypatch.setattr(
        "noticetab.compare.page.Path.replace", lambda *_: (_ for _ in ()).throw(OSError("full"))
    )
    with pytest.raises(OSError, match="full"):
        report(comparison, target, "en")
    assert target.read_text("utf-8") == before
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_report_into_a_missing_folder_says_so(comparison, tmp_path):
    with pytest.raises(FileNotFoundError):
        report(comparison, tmp_path / "nowhere" / "report.html")


def test_every_source_text_is_inside_once(comparison):
    page = render(comparison)
    data = page.split('id="data-sources">')[1].split("</script>")[0]
    assert [row["text"] for row in json.loads(data)] == [one.record.text for one in comparison.compared]


def test_workbook_reads_back(comparison, tmp_path):
    book = load_workbook(workbook(comparison, tmp_path / "comparison.xlsx"))
    assert book.sheetnames[:3] == ["概要", "活动", "重点内容"]
    facts = book["概要"]
    assert [cell.value for cell in facts[1]][1:] == comparison.labels
    days = next(row for row in facts.iter_rows(min_row=2, values_only=True) if row[0] == "天数")
    assert "12" in days
    due = book["报送期限"]
    column = [cell.value for cell in due[1]].index("期限") + 1
    assert all(isinstance(due.cell(row, column).value, dt.datetime) for row in range(2, due.max_row + 1))
    assert facts.freeze_panes == "B2"
    assert facts.auto_filter.ref


def test_no_cell_becomes_a_formula(tmp_path):
    comparison = compare([hostile("甲市", FORMULA), hostile("乙市", FORMULA + "\x01")])
    book = load_workbook(workbook(comparison, tmp_path / "comparison.xlsx", "en"))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert any(cell.value and str(cell.value).startswith("=HYPERLINK") for cell in cells)
    assert not [cell.coordinate for cell in cells if cell.data_type == "f"]
