"""Frames of web pages: read where the file holds them, else said to be elsewhere."""

from __future__ import annotations

from html import escape

import pytest

from noticetab.read import ReadError, read_bytes

TITLE = "云山市科学技术局关于举办2031年云山市科技周的通知"
ARTICLE = (
    f"<p>{TITLE}</p><p>各区科技局：</p><p>为普及科学知识，定于2031年5月20日至26日举办2031年云山市科技周，"
    "请各单位结合实际，精心组织，广泛发动，确保活动取得实效，并于活动结束后一周内报送总结。</p>"
)


def page(body: str, head: str = f"<title>{TITLE}</title>") -> bytes:
    return f'<html><head><meta charset="utf-8">{head}</head>{body}</html>'.encode()


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="/files/12.pdf" width="800"></iframe>',
        '<iframe src="content.html"></iframe>',
        '<embed src="/files/12.pdf" type="application/pdf">',
        '<object data="/files/12.ofd"></object>',
    ],
)
def test_a_page_whose_body_is_in_a_frame_says_so(frame: str) -> None:
    reading = read_bytes(page(f'<body><div class="nav"><a href="/">首页</a></div>{frame}</body>'))
    (note,) = reading.notes
    assert note.code == "PART_UNREAD"
    assert frame.split('"')[1] in note.chinese
    assert frame.split('"')[1] in note.english
    assert reading.text.startswith(TITLE)


def test_a_set_of_frames_names_its_pages() -> None:
    data = page('<frameset cols="20%,80%"><frame src="menu.html"><frame src="body.html"></frameset>', head="")
    with pytest.raises(ReadError, match=r"menu\.html"):
        read_bytes(data)


def test_a_page_inside_the_page_is_read() -> None:
    inner = escape(f"<html><body>{ARTICLE}</body></html>", quote=True)
    reading = read_bytes(page(f'<body><p>通知公告</p><iframe srcdoc="{inner}"></iframe></body>'))
    plain = read_bytes(page(f"<body><p>通知公告</p><div>{ARTICLE}</div></body>"))
    assert reading.text == plain.text
    assert "5月20日至26日" in reading.text
    assert not reading.notes


@pytest.mark.parametrize(
    "by", ["Content-ID: <frame1@saved>", "Content-Location: http://example.com/body.html"]
)
def test_frames_that_an_archive_holds_are_read(by: str) -> None:
    address = "cid:frame1@saved" if "ID" in by else "http://example.com/body.html"
    outer = f"<html><body><p>通知公告</p><iframe src='{address}'></iframe></body></html>"
    inner = f'<html><head><meta charset="utf-8"></head><body>{ARTICLE}</body></html>'
    kind = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit"
    data = (
        'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="B"\n\n'
        f"--B\n{kind}\n\n{outer}\n--B\n{kind}\n{by}\n\n{inner}\n--B--\n"
    ).encode()
    reading = read_bytes(data)
    assert "5月20日至26日" in reading.text
    assert not reading.notes


@pytest.mark.parametrize(
    "frame",
    [
        '<iframe src="https://share.example.com/box.html"></iframe>',
        '<iframe src="/count.html" width="0" height="0"></iframe>',
        '<iframe src="about:blank"></iframe>',
        '<embed src="/film.mp4">',
    ],
)
def test_frames_beside_a_whole_text_say_nothing(frame: str) -> None:
    assert not read_bytes(page(f"<body><div>{ARTICLE}</div>{frame}</body>")).notes


def test_a_file_shown_below_the_text_is_told() -> None:
    (note,) = read_bytes(page(f'<body><div>{ARTICLE}</div><iframe src="/plan.pdf"></iframe></body>')).notes
    assert "/plan.pdf" in note.chinese
