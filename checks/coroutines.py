#!/usr/bin/env python3
"""Coroutines stay at the edge: below a handler everything is ordinary synchronous C++."""
import re

import house

HOME = ("src/platform/http/", "src/platform/live/")


def check(tree):
    wrong = []
    for file in tree.cpp():
        name = tree.name(file)
        if name.startswith(HOME):
            continue
        text = file.read_text()
        if "co_" not in text:
            continue
        line = house.Lines(text)
        wrong += [f"{name}:{line(m.start())}: {m[0]} only in platform/http and platform/live; make it a plain function"
                  for m in re.finditer(r"\bco_(await|return|yield)\b", house.code_only(text))]
    return wrong


if __name__ == "__main__":
    house.main(check)
