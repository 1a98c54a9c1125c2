#!/usr/bin/env python3
"""Size: a function of at most 60 lines, a file of at most 400."""
import re

import house

MOST_LINES_OF_FUNCTION = 60
MOST_LINES_OF_FILE = 400
SCOPE = re.compile(r'\b(namespace|class|struct|union|enum|extern\s*"\s*")')


def functions(code):
    """(first position, last position) of each function: a brace after a parameter list, outside of any other."""
    stack, begin = [], 0
    for m in re.finditer(r"[{};]|^\s*#[^\n]*(?:\\\n[^\n]*)*", code, re.M):
        sign = m[0]
        if sign == "{":
            head = code[begin:m.start()]
            inside = any(kind != "scope" for kind, _ in stack)
            before_parameters = head.split("(")[0]
            if SCOPE.search(before_parameters) and not inside:
                kind = "scope"
            else:
                kind = "function" if ")" in head and not inside else "block"
            start = begin + len(head) - len(head.lstrip())
            stack.append((kind, start))
        elif sign == "}" and stack:
            kind, start = stack.pop()
            if kind == "function":
                yield start, m.start()
        begin = m.end()


def check_functions(name, text):
    line = house.Lines(text)
    for first, last in functions(house.code_only(text)):
        length = line(last) - line(first) + 1
        if length > MOST_LINES_OF_FUNCTION:
            yield f"{name}:{line(first)}: a function of {length} lines (at most {MOST_LINES_OF_FUNCTION}); " \
                  "give its parts names"


def check(tree):
    wrong = []
    for file in tree.files("src/**/*.[ch]pp", "web/**/*.ts", "web/**/*.css", "web/*.mjs", "tests/**/*.mjs",
                           "checks/*", "cmake/*", "bin/*"):
        if "__pycache__" in file.parts:
            continue
        text, name = file.read_text(), tree.name(file)
        length = text.count("\n")
        if length > MOST_LINES_OF_FILE:
            wrong.append(f"{name}:{length}: a file of {length} lines (at most {MOST_LINES_OF_FILE}); split it by noun")
        if file.suffix in (".cpp", ".hpp"):
            wrong += check_functions(name, text)
    return wrong


if __name__ == "__main__":
    house.main(check)
