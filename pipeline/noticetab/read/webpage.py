"""Web pages: the notice out of the site around it, with the page's own title and time.

The content is the smallest element that holds nearly all running text outside links; what the
site puts around and into it (breadcrumbs, share bars, lists of other articles, footers) goes.
Tables of data stay tables; tables that old sites lay their pages out with do not.
"""

from __future__ import annotations

import email
import email.policy
from datetime import datetime
from typing import TYPE_CHECKING

import regex

from noticetab.read.assembly import Assembly, squeeze, unwrap
from noticetab.read.frames import fill, pages_elsewhere, unread
from noticetab.read.limits import Budget
from noticetab.read.reading import Reading
from noticetab.read.render import BLOCKS, Line, Renderer, is_data, weight
from noticetab.read.text import decode, doubts

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_CHARSET = regex.compile(
    rb"<meta[^>]*charset\s*=\s*[\"']?\s*([\w-]+)|<\?xml[^>]*encoding=[\"']([\w-]+)", regex.I
)
_ENCODINGS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}

_DROPPED = (
    "script", "style", "noscript", "iframe", "object", "embed", "svg", "canvas", "select", "button",
    "textarea", "template", "nav", "audio", "video", "map", "link", "meta", "rt", "rp",
)  # fmt: skip
_HEADINGS = ("h1", "h2", "h3")
# Words in ids and classes that sites use for what is not the article.
_CHROME_NAME = regex.compile(
    r"(?:^|[-_ ])(?:nav|navi|menu|topbar|header|footer|foot|bottom|copyright|crumbs?|bread\w*|position|"
    r"location|weizhi|dqwz|side(?:bar)?|aside|related|relevant|recommend|share|bdshare\w*|fenxiang|toolbar|"
    r"tools?|pager?|prev\w*|next|hot|rank|comment|qrcode|ewm|banner|logo|login|search|friend\w*|links?|"
    r"adv?|print|fontsize)(?:$|[-_ ])",
    regex.I,
)
# Lines that belong to the site whatever element they stand in, at the end or the beginning.
_SITE = (
    r"(?:您的?)?(?:当前|现在|所在)(?:的)?位置|首页\s*[>»|/]|打印本?页?\s*(?:】|\]|$)|关闭(?:本页|窗口)|分享(?:到|至)|"
    r"扫一扫|上一篇|下一篇|上一条|下一条|责任编辑|责编[:：]|相关(?:文章|新闻|链接|阅读)|网站(?:地图|声明|标识码)|"
    r"版权所有|.{0,40}[Ii][Cc][Pp]备|.{0,40}公网安备|浏览(?:次数|量)|点击(?:数|量|次数)|阅读(?:次数|量)|收藏(?:本页)?$|"
    r"返回(?:顶部|列表|首页)|友情链接|Copyright|©|【?\s*(?:大\s*中\s*小|打印|关闭)\s*】?"
)
_TAIL_LINE = regex.compile(rf"^[\s>|»【\[（(]*(?:{_SITE})")
_CHROME_LINE = regex.compile(
    rf"^[\s>|»【\[（(]*(?:{_SITE}|字(?:号|体)\s*[:：]?\s*[【\[（(]?\s*[大中小]|编辑[:：]|(?:文章|信息)?来源[:：]|"
    r"发布(?:时间|日期|人|者)[:：]|(?:时间|日期)[:：]\s*\d{4}-\d|作者[:：].{0,20}(?:时间|日期|来源|点击))"
)
_BAR = regex.compile(r"编辑|来源|浏览|点击|阅读|作者|字号|字体|发布|打印|时间|日期|访问")
_TIME = regex.compile(
    r"(?<!\d)((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[\sT]*(\d{1,2})[:：](\d{2})(?:[:：](\d{2}))?)?"
)
_PUBLISHED = regex.compile(
    r"发布(?:时间|日期)|发文时间|公开日期|上传时间|录入时间|更新(?:时间|日期)|日\s*期|时\s*间"
)
_TIME_NAMES = (
    "pubdate", "publishdate", "publish_date", "publishtime", "article:published_time", "pubtime",
    "datepublished", "og:published_time", "weibo:article:create_at", "date", "dc.date", "dcterms.created",
)  # fmt: skip
_TIME_NAME = regex.compile(
    r"(?i)\b(?:publish(?:ed)?|pub|release|post)[-_]?(?:time|date|on)\b|\bdatePublished\b|\bfbsj\b"
)
_OWN_TITLE = regex.compile(
    r"(?:通知|通告|公告|公示|方案|函|通报|意见|批复|决定|安排|启事)(?:[（(].{1,8}[)）])?$"
)
_FILE_NUMBER = regex.compile(
    r"(?:发文字号|文\s*号)\s*[:：】\]]?\s*([^\s:：|]{2,20}[〔\[［﹝（(]\d{4}[〕\]］﹞）)]\s*\S{0,6}号)"
)


def read_page(data: bytes, budget: Budget, held: dict[str, str] | None = None) -> Reading:
    """A saved web page as a :class:`Reading`; its charset label is believed only if it fits.

    ``held`` are the pages of frames that came with it, by address.
    """
    text, encoding, lost = decode(data, budget, declared=_declared(data))
    reading = _read(text, budget, held or {})
    reading.encoding = encoding
    reading.warnings = doubts(reading.text, lost)
    return reading


def read_archive(data: bytes, budget: Budget) -> Reading:
    """A page saved as a web archive (mht, RFC 2557): its first HTML part, with the frames that are others."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    pages: list[bytes] = []
    frames: dict[str, str] = {}
    for part in message.walk():
        payload = part.get_payload(decode=True) if part.get_content_type() == "text/html" else None
        if isinstance(payload, bytes) and payload:
            pages.append(payload)
            content = str(part.get("Content-ID") or "").strip().strip("<>")
            for key in (f"cid:{content}" if content else "", str(part.get("Content-Location") or "").strip()):
                if key and len(pages) > 1:
                    frames[key] = decode(payload, budget, declared=_declared(payload))[0]
    if not pages:
        raise budget.error("a web archive without a page in it", "save the page as HTML")
    return read_page(pages[0], budget, frames)


def _declared(data: bytes) -> str | None:
    """The charset that a page names, as Python names it; None for none."""
    match = _CHARSET.search(data[:4096])
    declared = (match[1] or match[2]).decode("ascii").lower() if match else None
    return _ENCODINGS.get(declared or "", declared)


def _read(text: str, budget: Budget, held: dict[str, str]) -> Reading:
    from lxml import etree, html

    parser = html.HTMLParser(remove_comments=True, remove_pis=True, no_network=True, huge_tree=False)
    source = regex.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise budget.error("a damaged web page", "save the page again") from error
    metadata = _metadata(root)
    stated = _stated_time(root)
    fill(root, held)
    elsewhere = pages_elsewhere(root)
    body = root.find("body")
    if body is None:
        body = root
    page_title = " ".join((root.findtext(".//title") or "").split())
    _clean(body)
    main, passed = _main(body)
    content = Renderer()
    content.block(main)
    content.flush()
    lines = content.lines
    around = _outside(passed)
    head, kept, tail = _trim(lines)
    headings = [line for element in passed for line in _headings(element)]
    title = metadata.get("articletitle") or next(iter(headings), None) or metadata.get("og:title")
    if not title and page_title:
        title = regex.split(r"\s*[-_|—–]{1,2}\s*", page_title)[0]
    title = title.strip() if title else None
    published = _published(metadata, stated, [line for line, _ in head], around, [line for line, _ in tail])

    assembly = Assembly()
    opening = [line for line, _ in kept[:12]]
    if title and not title.endswith(("…", "...")) and not _has_title(title, opening):
        assembly.line(title)
    number = next((match for line in around if (match := _FILE_NUMBER.search(line))), None)
    if number and squeeze(number[1]) not in squeeze("".join(opening)):
        assembly.line(f"发文字号：{number[1]}")
    for line, item in kept:
        if isinstance(item, list):
            assembly.table(item)
        else:
            assembly.line(line, computed=item)
    reading = assembly.reading("text/html")
    reading.notes = unread(elsewhere, reading.text, title or page_title, budget)
    reading.published_at = published
    reading.site_title = title or page_title or None
    return reading


def _metadata(root: HtmlElement) -> dict[str, str]:
    """What the page says of itself in ``<meta>``, by lower-case name."""
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        key = meta.get("name") or meta.get("property") or meta.get("itemprop") or ""
        value = " ".join((meta.get("content") or "").split())
        if key and value:
            found.setdefault(key.lower(), value)
    return found


def _clean(body: HtmlElement) -> None:
    """Take out what is never text of the page."""
    from lxml import etree

    etree.strip_elements(body, *_DROPPED, with_tail=False)
    for element in list(body.iter()):
        style = (element.get("style") or "").replace(" ", "").lower()
        if ("display:none" in style or element.get("hidden") is not None) and element.getparent() is not None:
            element.drop_tree()


def _weigh(body: HtmlElement) -> tuple[dict[HtmlElement, int], dict[HtmlElement, int]]:
    """For each element, its running text outside links, and inside links."""
    plain: dict[HtmlElement, int] = {}
    linked: dict[HtmlElement, int] = {}

    def weigh(element: HtmlElement, in_link: bool) -> tuple[int, int]:
        in_link = in_link or (element.tag == "a" and element.get("href") is not None)
        own = weight(element.text)
        outside, inside = (0, own) if in_link else (own, 0)
        for part in element:
            child_outside, child_inside = weigh(part, in_link) if isinstance(part.tag, str) else (0, 0)
            tail = weight(part.tail)
            outside += child_outside + (0 if in_link else tail)
            inside += child_inside + (tail if in_link else 0)
        plain[element], linked[element] = outside, inside
        return outside, inside

    weigh(body, False)
    return plain, linked


def _is_chrome(element: HtmlElement, plain: dict[HtmlElement, int], linked: dict[HtmlElement, int]) -> bool:
    """Whether an element is the site's rather than the article's."""
    if element.tag in ("footer", "aside", "header") and plain[element] < 400:
        return True
    named = f"{element.get('id') or ''} {element.get('class') or ''}"
    if _CHROME_NAME.search(named) and plain[element] < 300:
        return True
    links = sum(1 for _ in element.iter("a"))
    return links >= 2 and linked[element] > 2 * plain[element] and "附件" not in element.text_content()


def _main(body: HtmlElement) -> tuple[HtmlElement, list[HtmlElement]]:
    """The element that holds the article, and the elements beside the way down to it."""
    plain, linked = _weigh(body)
    passed: list[HtmlElement] = []
    current = body
    while True:
        children = [part for part in current if isinstance(part.tag, str)]
        if not children or current.tag in ("p", "span", "font", "pre"):
            break
        heaviest = max(children, key=lambda part: plain[part])
        rest = [part for part in children if part is not heaviest]
        if current.tag == "table" and heaviest.tag in ("tr", "tbody") and is_data(current):
            break
        if current.tag in ("tbody", "tr") and is_data(next(current.iterancestors("table"))):
            break
        loose = sum(weight(part.tail) for part in children) + weight(current.text)
        beside = [part for part in rest if not _is_chrome(part, plain, linked)]
        # Go down only if what stays outside is little and no paragraphs: a title, a time, a bar.
        outside = sum(plain[part] for part in beside)
        if plain[heaviest] < 0.7 * plain[current] or loose > 20 or outside > max(60, 0.1 * plain[heaviest]):
            break
        if heaviest.tag not in BLOCKS or (heaviest.tag == "p" and beside):
            break
        if any(part.tag in ("p", "table", "ul", "ol") and plain[part] for part in beside):
            break
        passed += rest
        current = heaviest
    heading = next((part for part in current.iter(*_HEADINGS)), None)
    if heading is not None and heading is not current and _stands_first(heading, current):
        passed.append(heading)  # whether the text needs it is decided when the text is known
        _detach(heading)
    for element in list(current.iter()):
        inside = element is not current and element.getparent() is not None and element.tag in BLOCKS
        if inside and _is_chrome(element, plain, linked):
            passed.append(element)
            _detach(element)
    return current, passed


def _stands_first(heading: HtmlElement, main: HtmlElement) -> bool:
    """Whether only bars of the site stand before ``heading`` in ``main``: it is the page's title."""
    before = 0
    for element in main.iter():
        if element is heading:
            return 4 < weight(heading.text_content()) <= 120
        before += weight(element.text)
        if before > 60:
            return False
    return False


def _detach(element: HtmlElement) -> None:
    """Take an element out of its tree, leaving the text behind it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
        element.tail = None
    parent.remove(element)


def _headings(element: HtmlElement) -> list[str]:
    """Titles in a passed element: headings, or what is named a title."""
    found = []
    for part in element.iter():
        named = f"{part.get('id') or ''} {part.get('class') or ''}" if isinstance(part.tag, str) else ""
        if (
            part.tag in _HEADINGS
            or part.tag == "ucaptitle"
            or regex.search(r"(?i)title|\bbt\b|biaoti", named)
        ):
            text = unwrap(part.text_content()).strip()
            if 6 <= len(text) <= 120 and not _CHROME_LINE.match(text):
                found.append(" ".join(text.split()))
    return sorted(found, key=lambda text: _OWN_TITLE.search(text) is None)


def _outside(passed: list[HtmlElement]) -> list[str]:
    """The lines of what was left out, for the page's own time."""
    lines: list[str] = []
    for element in passed:
        renderer = Renderer()
        renderer.block(element)
        renderer.flush()
        lines += [line for line, _ in renderer.lines]
    return lines


def _trim(lines: list[Line]) -> tuple[list[Line], list[Line], list[Line]]:
    """Divide lines into the site's bars above, the article, and the site's lines below.

    Bars among the first lines may stand between the title and the text; they go as well.
    """
    first = next((index for index, (line, _) in enumerate(lines) if len(line) > 60), len(lines))
    head = [one for one in lines[:first] if _is_bar(one)]
    opening = [one for one in lines[:first] if not _is_bar(one)]
    end = len(lines)
    for index in range(len(lines) - 1, max(first, len(lines) - 40), -1):
        line, item = lines[index]
        if not isinstance(item, str) or len(line) > 120:
            break  # a paragraph or a table: the article is not over yet
        if _TAIL_LINE.match(line):
            end = index
    return head, opening + lines[first:end], lines[end:]


def _is_bar(line: Line) -> bool:
    """Whether a short line near the top is the site's: breadcrumb, time and source, buttons."""
    text, item = line
    if not isinstance(item, str) or not text:
        return False
    if _CHROME_LINE.match(text) or (len(text) < 80 and text.count(">") >= 1 and "首页" in text):
        return True
    return len(text) < 80 and _TIME.search(text) is not None and _BAR.search(text) is not None and ":" in text


def _has_title(title: str, opening: list[str]) -> bool:
    """Whether the article brings its title itself, the same one or another."""
    if squeeze(title) in squeeze("".join(opening)):
        return True
    for index, line in enumerate(opening):
        if line.endswith(("：", ":")) or len(line) > 60:
            return any(_OWN_TITLE.search(one.strip()) for one in opening[:index])
    return False


def _stated_time(root: HtmlElement) -> datetime | None:
    """The time in an element that is named for it (``<em id="publish_time">``, ``<time datetime>``)."""
    for element in root.iter("span", "em", "i", "b", "div", "p", "td", "time"):
        named = f"{element.get('id') or ''} {element.get('class') or ''} {element.get('itemprop') or ''}"
        if element.tag == "time" or _TIME_NAME.search(named):
            text = element.get("datetime") or element.text_content()
            listed = any(
                item.find(".//a[@href]") is not None for item in element.iterancestors("li", "tr", "dd")
            )
            if len(text) < 60 and not listed and (found := _time(text)):
                return found
    return None


def _published(
    metadata: dict[str, str], stated: datetime | None, head: list[str], around: list[str], tail: list[str]
) -> datetime | None:
    """The page's own time: from its metadata, else from a bar of the site, never from the text."""
    for key in _TIME_NAMES:
        if key in metadata and (found := _time(metadata[key])):
            return found
    if stated:
        return stated
    bars = [line for line in (*head, *around) if len(line) < 200]
    for pattern in (_PUBLISHED, _BAR):
        for line in bars:
            label = pattern.search(line)
            if label and (found := _time(line[label.start() :]) or _time(line)):
                return found
    alone = [line for line in bars if (match := _TIME.search(line)) and len(line) - len(match[0]) < 4]
    for line in (*alone, *(line for line in tail if _PUBLISHED.search(line))):
        if found := _time(line):
            return found
    return None


def _time(text: str) -> datetime | None:
    """The first date in ``text``, at midnight where no time is given; None for none or a wrong one."""
    match = _TIME.search(text)
    if not match:
        return None
    try:
        return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]
    except ValueError:
        return None
