"""A notice as a page of a government site, with everything such sites put around it."""

from __future__ import annotations

from html import escape

from .blocks import Grid, Layout, Paragraph

_NAVIGATION = ["首页", "走进科协", "学会学术", "科学普及", "决策咨询", "人才服务", "机关党建", "预决算公开"]
_RELATED = [
    "关于举办2021年学术年会的通知",
    "关于征集2020年科普作品的通知",
    "市科协召开全委会议",
    "我市科技馆免费开放公告",
    "关于开展第12届青少年科技创新大赛的通知",
]


def write_page(
    layout: Layout, *, charset: str = "utf-8", label: str | None = None, old: bool = False
) -> bytes:
    """The page's bytes in ``charset``, labelled ``label`` (which may be wrong, or "" for none).

    ``old`` lays the site out with nested tables and ``<br>``, as sites of the 2000s do.
    """
    published = (layout.published or "2023-05-08T10:20:30").replace("T", " ")
    label = charset if label is None else label
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={label}">' if label else ""
    build = _old if old else _new
    page = f"<html><head>{meta}<title>{escape(layout.title)}_云山市科学技术协会</title></head>"
    page += build(layout, published) + "</html>"
    return page.encode(charset)


def _links(names: list[str]) -> str:
    return "".join(f'<li><a href="/x.html">{name}</a></li>' for name in names)


def _new(layout: Layout, published: str) -> str:
    return (
        f'<body><div class="top"><div class="nav"><ul>{_links(_NAVIGATION)}</ul></div></div>'
        '<div class="main"><div class="crumb">您当前的位置 : <a href="/">云山市科学技术协会</a> &gt; '
        '<a href="/tz">通知公告</a></div>'
        f'<div class="article"><h1>{escape(layout.title)}</h1>'
        f'<div class="bar"><span>{published}</span>&nbsp;&nbsp;编辑:李四&nbsp; '
        '浏览次数：<span id="hits">1208</span> '
        '字号：【<a href="#">大</a> <a href="#">中</a> <a href="#">小</a>】<a href="#">打印</a></div>'
        f'<div class="TRS_Editor">{_body(layout)}</div>'
        '<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>'
        '<div class="prev">上一篇：<a href="/1.html">关于举办2021年学术年会的通知</a></div>'
        "<p>责任编辑：李四</p></div>"
        f'<div class="related"><h3>相关文章</h3><ul>{_links(_RELATED)}</ul></div></div>'
        '<div class="footer"><p>网站地图 | 联系我们</p><p>云山市科学技术协会 版权所有 云ICP备12345678号-1 '
        "云公网安备 12345678901234号</p><p>主办单位：云山市科学技术协会 联系电话：0000-1234567</p></div>"
        "<script>var a='关于举办的通知';</script></body>"
    )


def _old(layout: Layout, published: str) -> str:
    return (
        '<body><table width="1000" align="center"><tr><td><table><tr>'
        + "".join(f'<td><a href="/">{name}</a></td>' for name in _NAVIGATION)
        + "</tr></table></td></tr><tr><td>当前位置：<a href='/'>首页</a> &gt;&gt; <a href='/tz'>通知公告</a>"
        "</td></tr>"
        '<tr><td><table width="700"><tr><td align="center" class="bt">'
        f"{escape(layout.title)}</td></tr><tr><td align='center'>发布时间：{published}&nbsp;&nbsp;来源：本站"
        f"&nbsp;&nbsp;点击：88</td></tr><tr><td class='content'>{_body(layout, breaks=True)}</td></tr>"
        "<tr><td>【<a href='#'>打印本页</a>】【<a href='#'>关闭窗口</a>】</td></tr></table></td></tr>"
        "<tr><td align='center'>版权所有：云山市科学技术协会<br>云ICP备12345678号</td></tr></table></body>"
    )


def _body(layout: Layout, *, breaks: bool = False) -> str:
    pieces = []
    blocks = layout.blocks
    for block in blocks:
        if isinstance(block, Paragraph):
            text = escape(block.text).replace("  ", "&nbsp;&nbsp;")
            align = {"head": "center", "number": "center", "title": "center", "signature": "right"}.get(
                block.kind
            )
            if breaks:
                pieces.append(f"&nbsp;&nbsp;&nbsp; {text}<br>\n")
            else:
                half = len(text) // 2 if "&" not in text else 0
                styled = f'<span style="font-size:16pt">{text[:half]}</span><span>{text[half:]}</span>'
                pieces.append(f'<p style="text-align:{align or "justify"}">　　{styled}</p>\n')
        else:
            pieces.append(_table(block))
    return "".join(pieces)


def _table(grid: Grid) -> str:
    columns = max(len(row) for row in grid.rows)
    rows = []
    for row in grid.rows:
        cells = []
        for index, text in enumerate(row):
            span = columns - index if grid.ruled and index == len(row) - 1 else 1
            inner = "".join(f"<p>{escape(line).replace('  ', '&nbsp; ')}</p>" for line in text.split("\n"))
            cells.append(f'<td colspan="{span}">{inner}</td>' if span > 1 else f"<td>{inner}</td>")
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<table border="{int(grid.ruled)}"><tbody>{"".join(rows)}</tbody></table>\n'
