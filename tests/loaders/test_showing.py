"""What people see of a replay while it runs."""

import io

from rich.console import Console

from examples.loaders.online_retail import LineClass
from examples.loaders.run import Trouble
from examples.loaders.showing import TROUBLES_SHOWN_MAX, Screen
from examples.loaders.summary import Control


def control_of(lines: int) -> Control:
    """Count so many lines."""
    control = Control()
    for _ in range(lines):
        control.add("1", 1, 0)
    return control


def test_the_bar_shows_how_far_it_is_with_rate_and_time_left() -> None:
    """On a terminal the bar counts the lines of the file."""
    paper = io.StringIO()

    with Screen(Console(file=paper, force_terminal=True, width=150)) as screen:
        screen.surveying(50)
        screen.surveyed(control_of(100))
        screen.replayed(20)
        screen.replayed(70)

    drawn = paper.getvalue()
    assert "Posting" in drawn
    assert "70/100" in drawn
    assert "lines/s" in drawn
    assert "left" in drawn


def test_without_a_terminal_nothing_is_drawn() -> None:
    """A log is not filled with bars."""
    paper = io.StringIO()

    with Screen(Console(file=paper)) as screen:
        screen.surveyed(control_of(1))
        screen.replayed(1)

    assert paper.getvalue() == ""


def test_troubles_are_kept_up_to_a_bound() -> None:
    """However many lines are refused, memory holds the first of them and their number."""
    screen = Screen(Console(file=io.StringIO()))

    for number in range(1, 100):
        screen.trouble(Trouble(number, None, LineClass.UNREADABLE, "why"))

    assert [trouble.number for trouble in screen.troubles] == list(range(1, TROUBLES_SHOWN_MAX + 1))
    assert screen.troubles_count == 99
