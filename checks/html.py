#!/usr/bin/env python3
"""Markup made of bytes that nobody checked, and English words in markup."""
import re

import house

# Files that may turn stored text into markup with html::Safe::kept: what they keep was written by our renderer.
LIST = "checks/kept_html.txt"
KEPT = re.compile(r"\bSafe::kept\s*\(")
PUT = re.compile(r"\bput\s*\(\s*\w+\s*,\s*$")
WORD = re.compile(r"[A-Za-z]{2,}")
SHOWN_ATTRIBUTE = re.compile(r'\b(?:title|alt|placeholder|aria-label|aria-description|label|value)="([^"{}]*[A-Za-z]{2,}[^"{}]*)"')
TECHNICAL = re.compile(r'<input [^>]*type="(?:hidden|radio|checkbox)"[^>]*>|<(?:button|option) [^>]*>')


def kept(tree, file, text, allowed):
    name = tree.name(file)
    if name.startswith("src/platform/html/") or house.is_test(file) or name in allowed:
        return
    line = house.Lines(text)
    for m in KEPT.finditer(house.code_only(text)):
        yield f"{name}:{line(m.start())}: Safe::kept trusts stored bytes; write with put(), " \
              f"or add the file to {LIST} with the reason"


def english(tree, file, text):
    if house.is_test(file):
        return
    name, line = tree.name(file), house.Lines(text)
    for position, content in house.strings(text):
        if not PUT.search(text[max(0, position - 60):position]):
            continue
        shown = re.sub(r"&\w+;", " ", re.sub(r"<[^>]*>", " ", content))
        shown = re.sub(r"<[^>]*$|^[^<]*>", " ", shown)
        words = WORD.findall(shown)
        values = SHOWN_ATTRIBUTE.findall(TECHNICAL.sub("", content))
        for found in [" ".join(words)] * bool(words) + values:
            yield f"{name}:{line(position)}: \"{found}\" is text for people; give it a key in locales/"


def check(tree):
    allowed = {entry.split()[0] for entry in tree.listed(LIST)}
    wrong = []
    for file in tree.cpp():
        text = file.read_text()
        wrong += kept(tree, file, text, allowed)
        wrong += english(tree, file, text)
    return wrong


if __name__ == "__main__":
    house.main(check)
