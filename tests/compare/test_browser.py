"""The report in a real headless Chromium."""

from __future__ import annotations

import os
import shutil

import pytest

from noticetab.compare import compare, report

from .hostile import HOSTILE, hostile

pytestmark = pytest.mark.browser
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def path(comparison, tmp_path_factory):
    return report(comparison, tmp_path_factory.mktemp("report") / "report.html")


@pytest.fixture
def show(browser):
    """Opens a page; fails at the end if the console said anything or the network was asked."""
    said, asked, pages = [], [], []

    def open_page(path, width=1400, fragment=""):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri() + fragment)
        pages.append(page)
        return page

    yield open_page
    for page in pages:
        page.close()
    assert said == []
    assert all(url.startswith("file:") for url in asked)


def visible(page, query):
    return [row.inner_text() for row in page.locator(query).all() if row.is_visible()]


@pytest.mark.parametrize("width", [1400, 420])
def test_nothing_sticks_out_of_the_window(show, path, width):
    page = show(path, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [1400, 420])
def test_a_click_opens_the_source_at_its_place(show, path, comparison, width):
    page = show(path, width)
    link = page.locator("#activities a.at", has_text="学会科普联合行动").first
    notice, start, end = map(int, link.get_attribute("href").removeprefix("#t").split("."))
    link.click()
    text = comparison.compared[notice].record.text
    assert page.locator("#drawer-text").evaluate("box => box.textContent") == text
    mark = page.locator("#drawer-text mark")
    assert mark.evaluate("mark => mark.textContent") == text[start:end]
    box, inside = mark.bounding_box(), page.locator("#drawer-text").bounding_box()
    assert inside["y"] <= box["y"] <= inside["y"] + inside["height"]
    line = text[:start].count("\n") + 1
    assert str(line) in page.locator("#drawer-place").inner_text()
    page.keyboard.press("Escape")
    assert not page.locator("#drawer").is_visible()


def test_every_link_leads_to_a_place(show, path, comparison):
    page = show(path)
    references = page.locator("a.at").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(references) > 200
    for reference in references:
        notice, start, end = map(int, reference.removeprefix("#t").split("."))
        assert 0 <= start <= end <= len(comparison.compared[notice].record.text)


def test_a_link_can_be_passed_on(show, path, comparison):
    page = show(path, fragment="#t1.10.20")
    assert (
        page.locator("mark").evaluate("mark => mark.textContent") == comparison.compared[1].record.text[10:20]
    )


def test_search_keeps_what_holds_all_words(show, path):
    page = show(path)
    page.fill("#q", "学会 联合行动")
    page.locator("#activities tr.f.out").first.wait_for(state="attached")
    rows = visible(page, "#activities tbody tr.f")
    assert rows
    assert all("学会" in row and "联合行动" in row for row in rows)
    page.fill("#q", "没有这样的词")
    page.locator("#nothing").wait_for(state="visible")
    page.fill("#q", "")
    page.locator("#nothing").wait_for(state="hidden")
    assert page.locator(".f.out").count() == 0


def test_search_finds_hosts_of_activities(show, path, comparison):
    hosted = comparison.activities[comparison.activities["hosts"].str.contains("天津科学技术馆")]
    assert len(hosted) > 3
    page = show(path)
    page.fill("#q", "天津科学技术馆")
    page.locator("#activities .f.out").first.wait_for(state="attached")
    shown = " ".join(visible(page, "#activities .f"))
    assert all(name in shown.replace("\n", "") for name in hosted["name"])


def test_status_filter(show, path):
    page = show(path)
    page.click('[data-filter="similar"]')
    assert set(
        page.locator("#activities tr.f:not(.out)").evaluate_all("r => r.map(x => x.dataset.status)")
    ) == {"similar"}
    assert not visible(page, "#activities .own li")
    page.click('[data-filter="only"]')
    assert visible(page, "#activities .own li")
    assert not visible(page, "#activities tbody tr.f")


def test_a_click_on_a_count_shows_the_activities_it_counts(show, path, comparison):
    table = comparison.activities[comparison.activities["kind"] == "activity"]
    counts = comparison.counts[comparison.counts["dimension"] == "topic"]
    topic = counts.groupby("value")["activities"].sum().idxmax()
    page = show(path)
    page.locator(f'#shape [data-tag="{topic}"]').first.click()
    shown = " ".join(visible(page, "#activities .f")).replace("\n", "")
    meant = table[[topic in topics.split("、") for topics in table["topics"]]]
    assert len(meant) == counts[counts["value"] == topic]["activities"].sum()
    assert all(name in shown for name in meant["name"])
    page.click("#tag")
    assert page.locator(".f.out").count() == 0


def test_columns_can_be_hidden(show, path):
    page = show(path)
    before = len(visible(page, "table.facts thead th"))
    page.click('[data-column="0"]')
    assert len(visible(page, "table.facts thead th")) == before - 1
    page.click('[data-column="0"]')
    assert len(visible(page, "table.facts thead th")) == before


def test_only_differences(show, path):
    page = show(path)
    same = page.locator("table.facts tr.same")
    page.check("#differences")
    assert not any(row.is_visible() for row in same.all())


def test_language_switches_and_back(show, path):
    page = show(path)
    chinese = page.locator("#facts h2").inner_text()
    page.click("#language")
    assert page.locator("#facts h2").inner_text() == "Facts"
    assert page.evaluate("document.documentElement.lang") == "en"
    left = page.evaluate(
        """[...document.querySelectorAll('[data-t]')]
          .filter(part => !part.dataset.t.startsWith('value.') && part.dataset.t !== 'page.language')
          .map(part => part.textContent).filter(text => /^[\\p{Script=Han}]+$/u.test(text))"""
    )
    assert left == []
    page.click("#language")
    assert page.locator("#facts h2").inner_text() == chinese


def test_a_body_shows_its_partners(show, path):
    page = show(path)
    node = page.locator(".web .node").first
    node.focus()
    page.keyboard.press("Enter")
    assert page.locator("#partners span").count() > 1
    assert page.locator(".web line.near").count() >= page.locator("#partners span").count()


def test_a_notice_titled_script_does_nothing(show, tmp_path):
    comparison = compare([hostile("甲市", HOSTILE), hostile("乙市", HOSTILE)])
    page = show(report(comparison, tmp_path / "hostile.html"))
    for link in page.locator("#facts a.at").all()[:3]:
        link.click()
    page.click("#language")
    page.locator("#activities a.at, #findings a.at").first.click()
    page.wait_for_timeout(200)
    assert page.evaluate("window.pwned === undefined")
    assert page.locator("img").count() == 0
    assert HOSTILE in page.locator("#drawer-text").evaluate("box => box.textContent")


def test_places_count_characters_not_utf16_units(show, tmp_path):
    records = [hostile("甲市", "活动名"), hostile("乙市", "活动名")]
    start = records[0].text.rindex("活动名")  # behind 𠮷, which is two units in JavaScript
    page = show(report(compare(records), tmp_path / "a.html"), fragment=f"#t0.{start}.{start + 3}")
    assert page.locator("mark").evaluate("mark => mark.textContent") == "活动名"


def test_printing_unfolds_everything(show, path):
    page = show(path)
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details[open]").count() == 0


def test_many_notices_fold_and_are_searched_all_the_same(show, tmp_path):
    records = [hostile(f"{name}市", f"活动{i}") for i, name in enumerate("甲乙丙丁戊己庚辛壬癸" * 6)]
    page = show(report(compare(records), tmp_path / "many.html"), 420)
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
    rows = page.locator("table.brief tbody tr")
    assert rows.count() == 60
    assert sum(row.is_visible() for row in rows.all()) < 60
    page.locator("#facts .more-rows").click()
    assert sum(row.is_visible() for row in rows.all()) == 60
    page.fill("#q", "活动59")
    page.locator("#activities .f.out").first.wait_for(state="attached")
    assert [row for row in visible(page, "table.brief tbody tr") if "活动59" not in row] == []
    assert len(visible(page, "table.brief tbody tr")) == 1
