"""Who is asked for a number: the classes of receivers that a sentence names."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from noticetab.patterns import pattern

BODY = (
    r"(?:单位|部门|学校|学院|院系|院（部）|系|社区|街道|乡|镇|村|县|区|市|州|省|旗|协会|学会|研究会|队伍|团队|班级|班|基地|企业|公司|科协|局|委|办|中心|站|馆|人|教师|学生|选手|支部|工会|团委|高校|院校|园|"
    r"医院|机构|机关|组织|城市|区域|窗口|家庭|师生|作者|代表队|队|工作站|参赛者|专业|年级|组|个人|联校|分会|场（所）|所|厂|矿|车间|场|校|家|处|社|户|项目|作品)(?:（[^（）]{1,12}）)?"
)
"""What the name of a class of receivers ends with."""
ORDER = (
    r"(?:要|应|须|需|(?<![邀申提聘])请|可|限|至少|不少于|不超过|不多于|不得|不高于|不低于|最多|最少|均|统一|推荐|(?<!基层|党|团|社会|行业)组织|开展|举办|"
    r"举行|报送|选派|选送|推选|遴选|选拔|安排|确保|制作|报名(?!单位|者|人员)|上报|申报(?!单位|者|人)|建立|打造|设立|完成|提供|派(?!驻|出所|遣)|上交|确定|创作|培育|拍摄|"
    r"征集|撰写|提交|选择|集中|参加(?!单位|人员)|投稿|限报|推出|开放|各(?=[选派推报限上\d])|选树|新建|新增|创建|邀请|聘请|组建|建设|开设|张贴|悬挂|培训|评选|配备|务必|必须|高度重视|积极|认真|精心|广泛|充分|切实|主动|根据|按照|围绕|利用|依托)"
)
"""What follows the receivers in a demand on them."""
_EACH = regex.compile(
    r"(?:(?:^|[，；：、（。]|原则上|要求|请|确保|由)|(?<=[\u4e00-\u9fff])(?<![对为给向从在按至到将把])(?=每))"
    rf"(?P<who>(?:每[个所家支名位人校班](?={ORDER})|每[个所家支名位][\u4e00-\u9fff]|每(?:人|校|班|县|区|乡|镇|村|市|单位|季度)?|各)(?:[\u4e00-\u9fff]|（[^（）]{{1,16}}）|、(?=[各每\u4e00-\u9fff])|“[^”]{{1,8}}”){{0,24}}?)"
    rf"(?=的|{ORDER}|[于在]\d|交|参赛(?!单位|队|选手|者|人员|学校|团队|机构|院校|企业|高校)|结合|原则上|为\d|由\d|集体|负责|分别|择优|遵循|重点|每[季学月年]|\d|[一两二三四五六七八九十]{{1,3}}[项个场件篇部名人支])"
)
_ALONE = regex.compile(
    r"(?V1)"
    r"(?:^|[，；：]|其中|原则上|要求|请|由)(?P<who>(?!每|各|不|应|须|要|可|请|由|全[市县区省州]|推荐|组织|报送|选派|选送|申报|开展|举办|参加|邀请|鼓励|支持|面向|通过|依托|联合|在|对|将|与|从|以|有|拟)"
    r"(?:[\u4e00-\u9fff--每]|（[^（）]{1,16}）|、){0,24}?"
    r"(?:(?P<body>单位|部门|学校|学院|院系|高校|院校|小学|初中|高中|中学|中小学|幼儿园|社区|街道|乡镇|开发区|管理区|高新区|新区|实验区|示范区|[市州县]区|[区州县]市|市州|县（市、区）|设区市|地级市|县级市|"
    r"协会|学会|研究会|企业|公司|科协|教育局|科技局|团委|中心|基地|支部|工会|医院|机构|机关|系统|代表队|队伍|团队|(?<=[级属直])馆|[小学中]组|[市县区州盟旗](?=各?\d))|(?P<person>个人|教师|学生|作者|选手|参赛者|会员|职工|师生|本人|科技工作者)))"
    rf"(?=(?:[\u4e00-\u9fff]{{0,6}}期间)?(?:{ORDER}|结合|由\d|每[个家所人季学月年])|各?\d)"
)
"""A class that is named without 每 or 各 at the head of a clause: 省直单位推荐不超过2名."""
VERB = regex.compile(
    r"^(?:要|应当?|须|需|请|可|原则上|至少|确保|组织|开展|举办|推荐|报送|选派|选送|上报|申报|推选|遴选|安排|制作|播放|设立|完成|提供|派出|派|上交|确定|创作|培育|拍摄|征集|撰写|建立|打造|提交|新建|新增|创建|选树|"
    r"结合[^，]{1,14}，|自身[^，]{0,10}，|集中|每[季月年]度?|每学[期年]|分别|自行|积极|认真|统筹|选择|参加|择优|的|并|为|由|负责|本|投稿|交|张贴|悬挂|摆放|邀请|接待|招募|发动|动员|均|报|各|指导(?=作品|项目|学生)|、|和|及|与|或者?)+"
)
ROLE_OF_WORK = regex.compile(
    r"^(?P<work>每[个件篇部幅项][\u4e00-\u9fff]{0,8}(?:作品|项目|论文|节目|课件|视频|案例|成果|文章))"
    r"(?=$|作者|主创|主要|成员|队员|演员|参演|指导|辅导|完成|申报|参与|参赛|创作|署名|团队|人数|人员|选手|附|配|照片|图片|字|关键词)"
)


@dataclass(slots=True)
class Who:
    """A receiver at ``start`` to ``end`` of the sentence; ``thing`` is what was named before it."""

    start: int
    end: int
    thing: str | None = None
    alone: str | None = None


def receivers(norm: str) -> list[Who]:
    """The classes that a sentence names, in the order of their ends."""
    found: list[Who] = []
    for match in _EACH.finditer(norm, overlapped=True):
        start, end = match.span("who")
        if end - start < 2 or pattern(r"每(?:[辆间桌张页行份套台块月]|年(?!级)|季度?|学[期年])").match(
            norm, start
        ):
            continue
        if pattern(r"(?:金额|经费|费用|时间|时长|面积|规模|比例|数量|名额|总数)$").search(norm, start, end):
            continue
        who = Who(start, _end_of_class(norm[start:end]) + start)
        scope = pattern(r"(?<=[^每])每[项类种件]$").search(norm, start, who.end)
        if scope is not None:
            who.end = scope.start()  # 每班每项不少于6件
        clause = max(norm.rfind(c, 0, start) for c in "，；。：") + 1
        before = norm[clause:start]
        if norm[start] == "每" and len(before) >= 2 and before[-1] != "、":
            if before.endswith(("作品", "项目")):
                who.thing = before  # 书画作品每人
            elif (before.startswith("每") and len(before) <= 16) or (
                pattern(rf"[\u4e00-\u9fff]{{1,14}}{BODY}").fullmatch(before) and not VERB.match(before)
            ):
                who.start = clause  # 中省直单位每家
            elif pattern(r"[\u4e00-\u9fff“”]{2,14}").fullmatch(before) and not VERB.match(before):
                who.thing = before  # 科幻画每班
        if who.end - who.start > 2 or norm[who.end - 1] not in "个所支名位":
            found.append(who)
    for match in _ALONE.finditer(norm, overlapped=True):
        start, end = match.span("who")
        if any(w.start <= start < w.end for w in found) or (
            pattern(r"各?\d").match(norm, end) and "名额" not in norm[:start]
        ):
            continue
        found.append(Who(start, end, alone="person" if match["person"] else "body"))
    return sorted(found, key=lambda w: (w.end, -w.start))


def _end_of_class(text: str) -> int:
    """The length of the name of the class in a text in which the thing counted may follow: 每个单位展位."""
    if pattern(r"每[件篇部幅项](?=作者|指导教师|主创)").match(text):
        return 2  # 参赛作品每件作者
    work = ROLE_OF_WORK.match(text)
    if work is not None:
        return work.end("work")
    role = pattern(
        r"(?:参赛|参加|参与|主创|团队|参演)?(?:成员|队员|演员|领队|教练|选手|学生|人数|人员)$"
    ).search(text)
    if role is not None and pattern(rf"(?:{BODY}|活动)$").search(text[: role.start()]):
        return role.start()  # 每个课题组成员
    if pattern(rf"{BODY}$").search(text) and not pattern(r"(?:队伍|作品|选手|项目|专家)$").search(text):
        return len(text)
    ends = [
        m.end()
        for m in pattern(
            r"(?:单位|部门|机关|学校|学院|院系|社区|街道|乡镇|协会|学会|研究会|基地|企业|公司|科协|高校|院校|工会|支部|团委|代表队|班级|年级|教师|选手|作者|职工|会员|"
            r"(?<=[\u4e00-\u9fff）])[县区市州旗乡镇村局校](?![民场长外园庭域委府办团级科直属内辖]))(?:（[^（）]{1,12}）)?"
        ).finditer(text)
        if m.end() >= 2
    ]
    return ends[-1] if ends and len(text) - ends[-1] >= 2 else len(text)


def leading(norm: str) -> Who | None:
    """A sentence that opens with its receivers and states their number in a later clause."""
    match = pattern(
        rf"(?:请|要求|原则上)?(?P<who>(?:[^，。；要应须请]|（[^（）]*）){{2,60}}?{BODY})(?=要|应|须|需|请|可|结合|原则上|至少)"
    ).match(norm)
    if (
        match is None
        or not pattern(r"每|各|有关|直属|全体|所有").search(match["who"])
        or pattern(r"推荐|报送|选送|申报|上报|选派|遴选").search(match["who"])
    ):
        return None
    start, end = match.span("who")
    if pattern(r"每[件篇部幅]").match(norm, start):
        return None
    return Who(start, end)
