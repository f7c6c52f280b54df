"""Conditions are noted and forced one at a time, and what changes nothing is told."""

import pytest

from benchmarks.conditions import Board, find_idle, line_of

RULES = """
def tell(words):
    found = [word for word in words if word.islower() and len(word) < 20]
    if "quay" in found and not (len(found) > 9 or "sea" in words):
        return "harbour"
    at = 0
    while at < len(words) and words[at] != "fire":
        at += 1
    return (words[at : at + 1] and words[at]) or ("none" if found else "empty")
"""
TEXTS = [["quay"], ["quay", "sea"], ["a", "fire"], ["Sea"], []]


@pytest.fixture
def board():
    return Board()


@pytest.fixture
def tell(board):
    module = {"__condition__": board.note}
    exec(board.compile(RULES, "rules", "rules.py"), module)
    return module["tell"]


def test_an_instrumented_module_says_what_it_said(tell):
    assert [tell(text) for text in TEXTS] == ["harbour", "none", "fire", "empty", "empty"]


def test_each_condition_is_noted(board, tell):
    tell(["quay"])
    noted = {(board.conditions[number].source, value) for number, value in board.seen}
    assert {("word.islower()", True), ('"quay" in found', True), ("len(found) > 9", False)} <= noted
    assert "at < len(words)" not in {condition.source for condition in board.conditions}  # of a loop


def test_what_changes_nothing_is_told(board, tell):
    lines = [line_of(found) for found in find_idle(board, TEXTS, tell, [], most=30, rare=0)]
    assert "rules:3: [len(word) < 20] was never False" in lines
    assert "rules:4: [len(found) > 9] was never True" in lines
    assert not any('"sea" in words' in line and "or, forced" in line for line in lines)


def test_only_what_is_asked_for_is_tried(board, tell):
    assert not list(find_idle(board, TEXTS, tell, ["other"], most=30, rare=9))
    assert list(find_idle(board, TEXTS, tell, ["rules"], most=30, rare=9))


def test_a_guard_is_needed(board, tell):
    lines = [line_of(found) for found in find_idle(board, TEXTS, tell, [], most=30, rare=0)]
    assert not any("[words[at : at + 1]] and, forced True" in line for line in lines)  # what follows would fail
