#!/usr/bin/env python3
"""Pages that point at files point at files that are there."""
import re

import house

LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
NAMED = re.compile(r"`((?:bin|checks|src|docs|cmake|locales/en|web/css|tests|migrations)/[\w./-]*\w)`")


def check(tree):
    wrong = []
    for file in tree.files("*.md", "docs/**/*.md", "src/**/*.md"):
        name = tree.name(file)
        for n, line in enumerate(file.read_text().splitlines(), 1):
            for target in LINK.findall(line):
                if not target.startswith(("http:", "https:", "mailto:")) and not (file.parent / target).exists():
                    wrong.append(f"{name}:{n}: the link {target} leads nowhere")
            for path in NAMED.findall(line):
                if not (tree.root / path).exists():
                    wrong.append(f"{name}:{n}: {path} is not there")
    return wrong


if __name__ == "__main__":
    house.main(check)
