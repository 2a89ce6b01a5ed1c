"""Frames: the words around a mention decide what it means, the nearer and the plainer the more."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from noticetab.frames import Setting, choose, frames, hits

MARK = "5月20日"


def meaning(text: str, shape: str = "day", headings: tuple[str, ...] = ()) -> str | None:
    start = text.index(MARK)
    choice = choose("dates", Setting(text, start, start + len(MARK), shape, headings))  # type: ignore[arg-type]
    return choice.gives if choice else None


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("5月20日上午在人民广场举行启动仪式。", "opening"),
        ("开幕式定于5月20日举行", "opening"),
        ("闭幕式：5月20日", "closing"),
        ("参会代表请于5月20日下午报到", "check_in"),
        ("其中5月20日为集中宣传日", "main_day"),
        ("复赛（5月20日）由各赛区组织", "stage"),
        ("专家评审：5月20日", "stage"),
        ("5月20日公布获奖名单", "award"),
        ("5月20日是图书馆的馆庆", None),
        ("5月20日在科技馆举行讲座，启动资金由各单位自筹", None),
    ],
)
def test_what_a_day_means(text: str, role: str | None) -> None:
    assert meaning(text) == role


def test_a_window_has_a_beginning_and_an_end() -> None:
    assert meaning("报名时间：5月20日", "period") == "window"
    assert meaning("报名时间：5月20日", "day") != "window"


def test_a_heading_speaks_where_the_sentence_is_silent() -> None:
    assert meaning("时间：5月20日，地点：礼堂", headings=("颁奖典礼",)) == "award"
    assert meaning("时间：5月20日，地点：礼堂", headings=("活动安排",)) is None


def test_the_nearer_word_wins() -> None:
    text = "初赛由各校自行组织，经推荐进入市级比赛的队伍，决赛5月20日举行"
    assert meaning(text) == "final"


def test_an_exclusion_silences_a_frame() -> None:
    assert meaning("5月20日前期准备到位，开幕前完成布置") != "opening"


def test_the_longest_word_counts() -> None:
    assert [hit.word for hit in hits("dates", "启动仪式")] == ["启动仪式"]


def test_words_of_frames_are_words() -> None:
    for frame in frames("dates").frames:
        for cue in (*frame.cues, *frame.unless):
            assert all(word.isalnum() for word in cue.words), (frame.gives, cue.words)
            assert len(set(cue.words)) == len(cue.words), (frame.gives, cue.where)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="启动仪式开幕决赛报名时间：（），。；5月20日 评审\n", max_size=300), st.data())
def test_any_text_can_be_weighed(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    choice = choose("dates", Setting(text, start, end, "day"))
    assert choice is None or (choice.score >= frames("dates").least and choice.margin >= 0)


def test_a_mention_looks_no_further_than_its_neighbourhood() -> None:
    """What is weighed does not grow with the text: far words change nothing."""
    near = "5月20日在市科技馆举办讲座"
    far = "启动仪式" + "科" * 2000
    assert meaning(far + near) == meaning(near)
