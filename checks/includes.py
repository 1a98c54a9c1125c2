#!/usr/bin/env python3
"""Who may include whom: src/modules.txt, and src/libraries.txt for what is not ours."""
import re

import house

INCLUDE = re.compile(r'\s*#\s*include\s*(?:"([^"]+)"|<([^>]+)>)')
LIBRARY_OF = [  # the beginning of a header's path → short name in src/libraries.txt
    ("boost/", "boost"), ("sqlite3", "sqlite3"), ("libpq-fe.h", "pq"), ("sodium", "sodium"),
    ("md4c.h", "md4c"), ("unicode/", "icu"), ("curl/", "curl"), ("openssl/", "openssl"), ("libstemmer.h", "stemmer"),
    ("zip.h", "zip"), ("archive", "archive"), ("toml++/", "tomlplusplus"), ("CLI/", "cli11"),
    ("seccomp.h", "seccomp"), ("simdjson", "simdjson"), ("brotli/", "brotli"), ("zlib.h", "zlib"),
    ("qrencode.h", "qrencode"), ("libical/", "ical"), ("libxml/", "libxml2"), ("vips/", "vips"), ("doctest/", "doctest"),
]
SLOW_HEADERS = {"regex", "iostream", "ranges"}


def library_of(header):
    return next((name for start, name in LIBRARY_OF if header.startswith(start)), None)


def read(tree):
    """(file, line, "quoted" or None, "<angled>" or None) for every include."""
    for file in tree.cpp():
        for n, text in enumerate(file.read_text().splitlines(), 1):
            if m := INCLUDE.match(text):
                yield file, n, m[1], m[2]


def allowed_libraries(tree):
    return {line.split(":")[0].strip(): line.split(":")[1].split() for line in tree.listed("src/libraries.txt")}


def is_public(path, there):
    """Of a feature, others may include <slice>.hpp alone."""
    return not there.startswith("features/") or path == f"{there}/{there.split('/')[-1]}.hpp"


def check_ours(at, path, here, test, known, used):
    there = house.module_of(path, known)
    if ".." in path or there is None:
        return f"{at}: include by the full path from src/, not \"{path}\""
    if there == here:
        return None
    uses, test_uses = known[here]
    used[here].add((there, test))
    if there not in uses and not (test and there in test_uses):
        return f"{at}: {here} may not include {there}; src/modules.txt does not say so"
    if not is_public(path, there):
        return f"{at}: {path} is private to {there}; include {there}/{there.split('/')[-1]}.hpp"
    return None


def check_theirs(at, header, here, test, libraries, is_header):
    name = library_of(header)
    if header == "regex" or (is_header and header in SLOW_HEADERS):
        return f"{at}: <{header}> costs seconds in every file that sees it; " \
               "write a small parser, or move it into a .cpp"
    if name is None or name in libraries.get(here, []):
        return None
    if name == "doctest" and (test or here == "platform/testing"):
        return None
    return f"{at}: {here} may not use {name}; src/libraries.txt does not say so"


def unused(known, used):
    for here, (uses, test_uses) in known.items():
        for there in uses:
            if (there, False) in used[here]:
                continue
            way_out = "move it behind the bar, only tests use it" if (there, True) in used[here] else "remove it"
            yield f"src/modules.txt: {here} declares {there} but does not include it; {way_out}"
        for there in test_uses:
            if (there, True) not in used[here]:
                yield f"src/modules.txt: {here} declares {there} for its tests, but they do not include it; remove it"


def leaking(tree, includes, known):
    """Headers that show a third-party header may be included by their own module only."""
    shows = {tree.name(f).removeprefix("src/"): library_of(angled)
             for f, _, _, angled in includes if angled and f.suffix == ".hpp" and library_of(angled)}
    for file, n, quoted, _ in includes:
        name = tree.name(file)
        here = house.module_of(name.removeprefix("src/"), known)
        if quoted in shows and house.module_of(quoted, known) != here:
            yield f"{name}:{n}: {quoted} includes {shows[quoted]}, which must stay inside its module"


def check(tree):
    known, libraries = house.modules(tree), allowed_libraries(tree)
    used = {name: set() for name in known}
    wrong, includes = [], list(read(tree))
    for file, n, quoted, angled in includes:
        name = tree.name(file)
        here = house.module_of(name.removeprefix("src/"), known)
        if here is None:
            wrong.append(f"{name}:1: this folder is no module; add a line to src/modules.txt")
            continue
        test = house.is_test(file)
        if quoted:
            wrong.append(check_ours(f"{name}:{n}", quoted, here, test, known, used))
        else:
            wrong.append(check_theirs(f"{name}:{n}", angled, here, test, libraries, file.suffix == ".hpp"))
    return [w for w in dict.fromkeys(wrong) if w] + list(unused(known, used)) + list(leaking(tree, includes, known))


if __name__ == "__main__":
    house.main(check)
