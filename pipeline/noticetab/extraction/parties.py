"""Who owes a thing that is due and where it goes (docs/record.md, ``deadlines``: who, channel)."""

from __future__ import annotations

import regex

from noticetab import rules
from noticetab.extraction import due
from noticetab.patterns import pattern
from noticetab.segment.strand import Strand

_CALLED = r"(?:各|每|有关|相关|参赛|参加|参会|入选|推荐|申报|承办|主办|全体|所有|凡)"
_WHO = regex.compile(
    rf"(?:请|要求|望)?(?P<who>(?:请)?{_CALLED}[^，。；：]{{1,60}}?)(?:请|要|应|须|需|可|将|务必|于|在|按|确定|指定|组织|认真|高度|及时|抓紧|尽快|结合|根据|填写|$)"
)
_OWN = regex.compile(
    r"(?:^|[，；：])(?:请|要求|希望|望)?(?P<who>[^，。；：]{2,40}?)(?:请|要|应|须|需|可|将|务必|均|统一|分别)*(?:于|在)?$"
)
"""Those who stand right before a date: 市直各单位于…."""


@rules.cached
def _behind() -> regex.Pattern[str]:
    """Those who stand right behind a date: 6月10日前，各单位将总结报…."""
    return regex.compile(
        rf"[，]?(?:请|要求)?(?P<who>{_CALLED}[^，。；：]{{1,40}}?)(?=请|要|应|须|需|将|把|务必|按|统一|{due.patterns().sending})"
    )


def who(before: Strand, lead: Strand, body: Strand) -> str | None:
    """Those who owe what is due at a date.

    ``before`` is the demand before its date, ``lead`` the whole sentence before it, ``body`` what follows.
    None if nobody is named or if it cannot be told which of several is meant.
    """
    own = _OWN.search(before.norm.strip())
    if own is not None and (named := _named(own["who"])) is not None and due.is_receiver(named):
        return named
    called = {name for m in _WHO.finditer(lead.norm.strip()) if (name := _named(m["who"])) is not None}
    if called:
        return called.pop() if len(called) == 1 else None
    behind = _behind().match(body.norm)
    return _named(behind["who"]) if behind is not None else None


def _named(text: str) -> str | None:
    text = pattern(r"^请").sub("", text.strip())
    return text if due.patterns().receiver.search(text) else None


_PLATFORM = regex.compile(
    r"(?:登[录陆]|通过|在|访问)(?P<to>“[^”]{2,30}(?:平台|系统|网站|网|公众号|小程序)”|[^，。；“”（）]{0,30}?(?:平台|系统|网站|官网|主页|公众号|小程序))(?:（(?P<url>[^（）]*)）)?"
)


_SITE = regex.compile(
    r"(?:登[录陆]|访问|通过|进入|在)(?P<url>(?:https?：//|www\.)[!-~]{4,80}?)(?=[，。；）]|[\u4e00-\u9fff]|$)"
)


def channel(clause: Strand) -> str | None:
    """Where a thing goes, as printed: an address of mail, a platform or site, an office; None if it is not said."""
    norm = clause.norm
    mail = due.EMAIL.search(norm)
    if mail:
        return mail.group()
    match = _PLATFORM.search(norm)
    if match is None and (site := _SITE.search(norm)) is not None:
        return site["url"]
    if match:
        url = match["url"]
        return url.strip() if url and pattern(r"[A-Za-z]").search(url) else match["to"].strip("“”")
    match = due.patterns().to.search(norm)
    if match is None:
        return None
    to = clause.sub(match.start("to"), match.end("to"))
    thing = pattern(r"^(?:[^至到]*[\u4e00-\u9fff])?[至到](?=[\u4e00-\u9fff]{2})").match(to.norm)
    return (to.sub(thing.end()) if thing else to).value  # 报总结至市科技局
