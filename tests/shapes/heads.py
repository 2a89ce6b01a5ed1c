"""Shapes of what stands around a document: bars, boxes, greetings, titles, furniture, signatures, covers."""

from __future__ import annotations

import random
from typing import Any

import regex

from noticetab.evaluate.tally import plain
from shapes.notice import Notice, Paragraph, Shaped, printed, said

SITES = ("春湖政务网", "云溪区人民政府门户网站", "春湖市科技信息网", "云溪科普在线", "春湖县教育网")


def _bare(notice: Notice) -> list[Paragraph]:
    """The paragraphs without the furniture that the notice has already."""
    return [x for x in notice.paragraphs if x.part != "chrome"]


def _above(notice: Notice, lines: list[str], published: str | None = None) -> Shaped:
    """Lines above the document; gold says when it was published if they say so with the hour."""
    gold = notice.copied()
    gold["notice"].pop("published_at", None)
    if published:
        gold["notice"]["published_at"] = published
    return Shaped("\n".join(lines) + "\n" + printed(_bare(notice)), gold)


def index_bars(notice: Notice, rng: random.Random) -> Shaped:
    """A bar of a site's tools above the head, in one line or in several."""
    bars = [
        ["分享", "字号：大 中 小", "打印"],
        ["排序: 默认 时间", "浏览量:", "297"],
        ["【字体：大 中 小】 【打印】 【关闭】"],
        ["首页 > 信息公开 > 通知公告", "浏览次数：1024 次"],
        ["当前位置：首页>>通知公告>>正文", "分享到：", "字号：", "大", "中", "小"],
        ["收藏", "打印", "阅读量: 88"],
    ]
    return _above(notice, rng.choice(bars))


def kickers(notice: Notice, rng: random.Random) -> Shaped:
    """A greeting, a line of news style, or a summary with its label above the head."""
    title = notice.gold["notice"].get("title") or "通知"
    lines = rng.choice(
        [
            ["您好，欢迎访问" + rng.choice(SITES) + "！"],
            ["【摘要】现将有关活动安排印发给大家，欢迎关注。"],
            ["重磅！这项活动来了，快来看看吧"],
            ["导读：为做好有关工作，有关部门近日印发通知，内容如下。"],
            ["欢迎光临" + rng.choice(SITES), "今天是星期三"],
            [f"内容提要：本文为{title}全文，供参考。"],
        ]
    )
    return _above(notice, lines)


def metadata_boxes(notice: Notice, rng: random.Random) -> Shaped:
    """A portal's box of metadata above the title."""
    head = notice.gold["notice"]
    issuer = (head.get("issuers") or [""])[0]
    day = head.get("issued_on") or ""
    pairs = [
        ("索引号", f"{rng.randrange(10**8, 10**9)}/{rng.randrange(1000, 9999)}-00017"),
        ("主题分类", rng.choice(["科技、教育", "综合政务", "文化、体育"])),
        ("发文机关", issuer),
        ("成文日期", day),
        ("标题", head.get("title") or ""),
        ("发文字号", head.get("doc_number") or ""),
        ("发布日期", day),
    ]
    form = rng.choice(["lines", "below", "brackets", "tabs", "empty", "two"])
    if form == "empty":
        pairs = [(label, value if label in ("索引号", "标题") else "") for label, value in pairs]
    if form == "below":
        lines = [x for label, value in pairs for x in (f"{label}：", value) if x]
    elif form == "brackets":
        lines = ["".join(f"【{label}】{value}" for label, value in pairs)]
    elif form == "tabs":
        lines = [
            "\t".join(f"{label}：\t{value}" for label, value in pairs[i : i + 2])
            for i in range(0, len(pairs), 2)
        ]
    elif form == "two":
        lines = ["  ".join(f"{a}：{b}" for a, b in pairs[i : i + 2]) for i in range(0, len(pairs), 2)]
    else:
        lines = [f"{label}：{value}" for label, value in pairs]
    return _above(notice, lines)


def source_bars(notice: Notice, rng: random.Random) -> Shaped | None:
    """A bar below the title: source, time, author."""
    title = notice.at("title")
    day = notice.gold["notice"].get("issued_on")
    if not title or not day or notice.at("chrome"):
        return None
    year, month, date = day.split("-")
    site = rng.choice(SITES)
    lines, published = rng.choice(
        [
            ([f"来源：{site}　时间：{day} 09:30　作者：办公室"], f"{day}T09:30:00"),
            ([f"{date}/{month}/{year} 16:05   来源：{site}"], f"{day}T16:05:00"),
            ([f"发布时间：{year}年{int(month)}月{int(date)}日", f"来源：{site}", "浏览量：35"], None),
            (["来源：", site, "发布时间：", f"{day} 08:12:30"], f"{day}T08:12:30"),
            ([f"{day} 10:20 {site} 点击：120"], f"{day}T10:20:00"),
            ([f"时间: {day}  来源: {site}  作者: "], None),
        ]
    )
    parts = list(notice.paragraphs)
    at = title[-1] + 1
    parts[at:at] = [Paragraph(x, "chrome") for x in lines]
    gold = notice.copied()
    gold["notice"].pop("published_at", None)
    if published:
        gold["notice"]["published_at"] = published
    return Shaped(printed(parts), gold)


def stacked_heads(notice: Notice, rng: random.Random) -> Shaped | None:
    """As real pages are: path, title, source, tools, then the document with or without its own title."""
    title = "".join(notice.texts("title"))
    day = notice.gold["notice"].get("issued_on")
    if not title or not day or notice.at("chrome"):
        return None
    site = rng.choice(SITES)
    lines = [
        rng.choice([f"您的位置：首页 > 政务公开 > {title}", "首页 » 通知公告 » 正文", site]),
        title,
        rng.choice([f"来源：{site} 发布时间：{day} 09:30", f"时间：{day} 09:30 来源：{site} 浏览：56"]),
        rng.choice(["字号：大 中 小", "分享到：", "【打印】【关闭】"]),
    ]
    again = rng.random() < 0.5
    parts = [x for x in _bare(notice) if again or x.part != "title"]
    gold = notice.copied()
    gold["notice"]["published_at"] = f"{day}T09:30:00"
    return Shaped("\n".join(lines) + "\n" + printed(parts), gold)


def title_again(notice: Notice, rng: random.Random) -> Shaped | None:
    """The title twice or thrice: the site's, the metadata's, the document's; not always quite the same."""
    title = "".join(notice.texts("title"))
    if not title or notice.at("chrome"):
        return None
    cut = title[: len(title) * 2 // 3] + "…"
    bare = regex.sub(r"^.{2,20}?(?=关于)", "", title)
    lines = rng.choice(
        [
            [title],
            [title, title],
            [f"标题：{title}", title],
            [f"{title}_{rng.choice(SITES)}"],
            [cut, f"发布日期：{notice.gold['notice'].get('issued_on') or '2031-04-01'}"],
            [bare],
        ]
    )
    return _above(notice, lines)


def no_title(notice: Notice, rng: random.Random) -> Shaped | None:
    """The body alone: without its title, with or without number and mark."""
    if not notice.at("title"):
        return None
    whole = rng.choice([True, False, True])
    drop = {"chrome", "title"} | ({"number"} if whole else set())
    first = notice.at("title")[0]
    parts = [
        x
        for i, x in enumerate(notice.paragraphs)
        if x.part not in drop and not (i < first and x.part == "body")
    ]
    text = printed(parts)
    gold = notice.copied()
    head = gold["notice"]
    head["title"] = None
    for key in ("header_mark", "published_at", "doc_type", "region", "region_adcode"):
        if key != "doc_type" or not said(f"{head.get('doc_type')}", text):
            head.pop(key, None)
    if not said(head.get("doc_number"), text):
        head["doc_number"] = None
    if not all(said(x["name"], text) for x in gold.get("events", ())):
        gold.pop("events", None)
        gold.pop("event_organizers", None)
    return Shaped(text, gold)


def bare_addressees(notice: Notice, rng: random.Random) -> Shaped | None:
    """No colon behind the addressees: nothing, a stop, or a comma."""
    found = notice.at("addressees")
    if not found:
        return None
    at = found[-1]
    parts = list(notice.paragraphs)
    text = parts[at].text
    end = rng.choice(["", "。", "", "", "，"])
    if text.rstrip()[-1:] not in "：:":
        return None
    parts[at] = parts[at].but(text.rstrip()[:-1] + end)
    return Shaped(printed(parts), notice.copied())


def furniture(notice: Notice, rng: random.Random) -> Shaped:
    """What a site puts below a document."""
    lines = rng.choice(
        [
            ["分享到：", "上一篇：关于开展春季植树活动的通知", "下一篇：没有了"],
            ["【打印本页】【关闭窗口】", f"版权所有：{rng.choice(SITES)}"],
            ["相关链接", "关于做好汛期值班工作的通知", "关于公布2031年度评审结果的公告"],
            ["扫一扫在手机打开当前页", "网站地图 | 联系我们 | 帮助"],
            ["责任编辑：小文", "主办：春湖市人民政府办公室 ICP备00000000号"],
            ["相关附件：", "附件下载", "附件1.doc", "返回顶部"],
        ]
    )
    return Shaped(printed(_bare(notice)) + "\n" + "\n".join(lines) + "\n", _no_time(notice))


def _no_time(notice: Notice) -> dict[str, Any]:
    gold = notice.copied()
    if notice.at("chrome"):
        gold["notice"].pop("published_at", None)
    return gold


def signature_in_a_row(notice: Notice, rng: random.Random) -> Shaped | None:
    """Issuers and date in one line."""
    signed, dated = notice.at("signature"), notice.at("date")
    if not signed or not dated or dated[0] != signed[-1] + 1:
        return None
    gap = rng.choice(["  ", " ", "\u3000\u3000", "    ", "\u3000"])
    names = [notice.paragraphs[i].text for i in signed]
    line = rng.choice([" ", "  ", "\u3000"]).join(names) + gap + notice.paragraphs[dated[0]].text
    parts = list(notice.paragraphs)
    parts[signed[0] : dated[0] + 1] = [Paragraph(line, "signature", gap=True)]
    return Shaped(printed(parts), notice.copied())


def spread_issuers(notice: Notice, rng: random.Random) -> Shaped | None:
    """The issuer's characters spread by blanks, or the date by its month alone."""
    signed, dated = notice.at("signature"), notice.at("date")
    if not signed or len(signed) > 1 or not dated:
        return None
    parts = list(notice.paragraphs)
    gold = notice.copied()
    text = parts[signed[0]].text
    if len(text) > 20 or " " in text:
        return None
    kind = rng.choice([" ", "\u3000", "  ", "month", " "])
    if kind == "month":
        day = parts[dated[0]].text
        if "日" not in day or "月" not in day:
            return None
        parts[dated[0]] = parts[dated[0]].but(day[: day.rindex("月") + 1])
        gold["notice"]["issued_on"] = None
    else:
        parts[signed[0]] = parts[signed[0]].but(kind.join(text))
    return Shaped(printed(parts), gold)


def attachment_links(notice: Notice, rng: random.Random) -> Shaped | None:
    """The attachments again as links below the document, with the names of their files and sizes."""
    titles = [x["title"] for x in notice.gold.get("attachments", ()) if x.get("title")]
    if not titles:
        return None
    ending = rng.choice([".doc", ".docx", ".pdf", ".xls", ".wps"])
    form = rng.choice(["《{t}》{e}", "附件{n}：{t}{e}", "{n}.{t}{e} (32 KB)", "附件{n}.{t}{e}", "{t}{e}"])
    lines = [form.format(t=t, e=ending, n=i + 1) for i, t in enumerate(titles)]
    above = rng.choice([[], ["附件下载："], ["相关附件"], ["附件："], []])
    return Shaped(printed(_bare(notice)) + "\n" + "\n".join([*above, *lines]) + "\n", _no_time(notice))


def forwarded(notice: Notice, rng: random.Random) -> Shaped | None:
    """The notice behind the cover of an office that forwards it."""
    head = notice.gold["notice"]
    title, issuers, day = head.get("title"), head.get("issuers") or [], head.get("issued_on")
    place = (
        regex.match(r"[\u4e00-\u9fff]{2,8}?(?:省|市|县|区|大学|学院|集团|州|旗|学校)", issuers[0])
        if issuers
        else None
    )
    if not title or not day or place is None or "转发" in title or "《" in title:
        return None
    issuer = place[0] + rng.choice(
        ["教育局", "卫生健康委员会", "交通运输局"] if place[0][-1] in "省市县区州旗" else ["工会", "团委"]
    )
    if issuer in issuers:
        return None
    year, month, date = map(int, day.split("-"))
    after = f"{year}年{month}月{min(28, date + 3)}日"
    inner = regex.sub(r"^.{2,20}?(?=关于)", "", title)
    cover = rng.choice(
        [f"{issuer}关于转发《{title}》的通知", f"{issuer}转发{title}", f"关于转发《{title}》的通知"]
    )
    if cover.startswith(issuer + "转发") and not title.endswith("通知"):
        return None
    number = rng.choice([f"湖教发〔{year}〕{rng.randrange(3, 90)}号", ""])
    addressed = rng.choice(["各直属单位", "机关各科室，各直属单位", "各镇中心学校"])
    request = rng.choice(
        [
            f"现将《{title}》转发给你们，请结合实际认真贯彻落实。",
            f"现将《{inner}》转发给你们，请遵照执行。",
            "现将该通知转发给你们，请认真组织实施。",
        ]
    )
    listed = rng.choice([f"附件：{title}", ""])
    lines = [cover, number, "", addressed + "：", "　　" + request, listed, "", issuer, after, ""]
    lines = [x for i, x in enumerate(lines) if x or i in (2, 6, 9)]
    gold = notice.copied()
    gold["notice"] |= {
        "title": cover,
        "doc_number": number or None,
        "issuers": [issuer],
        "addressees": addressed.split("，"),
        "issued_on": f"{year}-{month:02d}-{min(28, date + 3):02d}",
        "doc_type": "通知",
        "header_mark": None,
    }
    for key in ("printed_by", "printed_on", "published_at", "region", "signer", "annotation"):
        gold["notice"].pop(key, None)
    gold["attachments"] = [
        {"number": None, "title": title, "embedded": True},
        *(x for x in gold.get("attachments", ()) if plain(x["title"]) != plain(title)),
    ]
    label = rng.choice(["附件\n", "附件：\n", ""])
    return Shaped("\n".join(lines) + "\n" + label + printed(_bare(notice)), gold)
