#!/usr/bin/env python3
"""Where SQL may stand, that every query stays inside its community, and that a slice keeps to its own tables.

A query that is meant to see all communities says so in itself: -- every community: why
"""
import re

import house

# "SELECT 1" asks whether the database answers, and of no table.
STATEMENT = re.compile(r"\b(SELECT\s(?!1$)|INSERT\s+INTO\s|UPDATE\s+[a-z_]+\s+SET\s|DELETE\s+FROM\s|CREATE\s+TABLE\s|ALTER\s+TABLE\s)")
TABLE = re.compile(r"\b(?:FROM|JOIN|INTO|UPDATE)\s+([a-z_]+)\b")
CREATE = re.compile(r"CREATE\s+(?:VIRTUAL\s+)?(TABLE|VIEW)\s+(?:IF NOT EXISTS\s+)?([a-z_]+)(.*?);", re.S)
EXCEPTION = re.compile(r"-- every community: \S")
# Below these, SQL is the subject itself, or a test looks at what was stored.
FREE = ("src/platform/db/", "src/platform/testing/")
STORES = ("src/platform/activity/", "src/platform/jobs/")
# Names and values of the installation; a name belongs to the module that writes it.
SHARED = {"installation"}


class Table:
    def __init__(self, slice_name, kind, body):
        self.slice, self.is_view = slice_name, kind == "VIEW"
        # An installation's table has no such column, and its queries need not name it.
        self.of_community = "community_id" in body


def slice_of(migration, slices):
    """20261121T1022_topics_lock.sql → topics: the longest module name that its name begins with."""
    rest = migration.name.split("_", 1)[1].split(".")[0]
    fitting = [s for s in slices if rest == s or rest.startswith(s + "_")]
    return max(fitting, key=len, default=rest)


def tables(tree):
    slices = {name.split("/")[-1] for name in house.modules(tree)}
    found = {}
    for file in tree.files("migrations/[0-9]*.sql"):
        text = "\n".join(line.split("--")[0] for line in file.read_text().splitlines())
        for kind, name, body in CREATE.findall(text):
            found[name] = Table(slice_of(file, slices), kind, body)
    return found


def is_store(name):
    last = name.rsplit("/", 1)[-1]
    return name.startswith(STORES) or last == "store.cpp" or last.endswith("_store.cpp") or \
        (last.startswith("store_") and last.endswith(".cpp"))


def names_community(text, end_of_statement, content):
    """In the literal, in what is joined to it before the next semicolon, or waived with a reason."""
    return "community_id" in content or "community_id" in end_of_statement or EXCEPTION.search(content)


def is_fragment(before, content):
    """`constexpr std::string_view kColumns = "SELECT …"`: judged where it is used, with its WHERE."""
    return re.search(r"\bk[A-Z]\w*(\[\])?\s*=\s*$", before) and not re.search(r"\b(WHERE|VALUES|SET)\b", content)


def check_literal(at, here, text, position, content, known):
    used = [name for name in TABLE.findall(content) if name in known]
    for name in used:
        table = known[name]
        if name not in SHARED and table.slice != here.split("/")[-1] and not table.is_view:
            yield f"{at}: {name} belongs to {table.slice}; call a function of it, or read a view it publishes"
    if not any(known[name].of_community for name in used) or is_fragment(text[:position], content):
        return
    rest = text[position:position + len(content) + 400]
    following = rest[len(content):].split(";")[0]
    if not names_community(text, following, content):
        yield f"{at}: this query does not name community_id, so it would reach into other communities"


def check_file(tree, file, known_modules, known_tables):
    name = tree.name(file)
    text = file.read_text()
    here = house.module_of(name.removeprefix("src/"), known_modules) or name.rsplit("/", 1)[0]
    line = house.Lines(text)
    for position, content in house.strings(text):
        if not STATEMENT.search(content):
            continue
        at = f"{name}:{line(position)}"
        if not is_store(name):
            yield f"{at}: SQL stands in store.cpp only; give this query a name there"
        yield from check_literal(at, here, text, position, content, known_tables)


def check(tree):
    known_modules, known_tables = house.modules(tree), tables(tree)
    return [wrong for file in tree.cpp()
            if not house.is_test(file) and not tree.name(file).startswith(FREE)
            for wrong in check_file(tree, file, known_modules, known_tables)]


if __name__ == "__main__":
    house.main(check)
