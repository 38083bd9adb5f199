"""Acts that a person coded, as lines of the interchange: placed in their report, made a coding."""

from khronika.coding.given.acts import BY_HAND, Fault, coding_of_given
from khronika.coding.given.fields import GivenError
from khronika.coding.given.lines import GivenAct, act_of_line

__all__ = ["BY_HAND", "Fault", "GivenAct", "GivenError", "act_of_line", "coding_of_given"]
