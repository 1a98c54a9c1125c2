#!/usr/bin/env python3
"""Catalogues: every key used exists, every key is used, four languages complete and alike."""
import re
import shutil
import subprocess

import house

LANGUAGES = ("en", "da", "sv", "nl")
KEY = re.compile(r"^[a-z][a-z_0-9]*(?:\.[a-z0-9_]+)+$")
NAME = re.compile(r"\{([a-z_0-9]+)\}")
# What surely is a key, by what stands before it: t("…"), fail(Fault::X, "…"), Error{Fault::X, "…"}.
CALL = re.compile(r"(?:(?<![\w.])(?:\w+\.)*t\s*\(|\bwords\s*\(|Fault::\w+\s*,)\s*$")
ENTRY_LINE = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?)?\s*"(.*)"$')
FEW_WORDS = 3  # shorter texts may rightly be the same in two languages ("Status", "Admin", "OK")


class Entry:
    def __init__(self, line):
        self.line, self.parts, self.same = line, {}, False

    @property
    def key(self):
        return self.parts.get("msgid", "")

    @property
    def texts(self):
        return [text for part, text in self.parts.items() if part.startswith("msgstr")]


def read(file):
    """The entries of a .po file. `# same: why` above one says that it rightly equals the English."""
    entries, part, same = [], None, False
    for n, line in enumerate(file.read_text().splitlines(), 1):
        if line.startswith("#"):
            same = same or line.startswith("# same")
            continue
        if not (m := ENTRY_LINE.match(line.strip())):
            part = None
            continue
        if m[1] in ("msgctxt", "msgid") and (m[1] == "msgctxt" or part != "msgctxt"):
            entries.append(Entry(n))
            entries[-1].same, same = same, False
        part = m[1] or part
        if part and entries:
            entries[-1].parts[part] = entries[-1].parts.get(part, "") + m[2]
    return [e for e in entries if e.key]


def catalogues(tree):
    """(language, slice) → key → (file, entry)"""
    found = {}
    for file in tree.files("locales/*/*.po"):
        found[file.parent.name, file.stem] = {e.key: (file, e) for e in read(file)}
    return found


def compare(tree, english, slice_name, other, language):
    path = f"locales/{language}/{slice_name}.po"
    if other is None:
        yield f"{path}: this catalogue is missing"
        return
    for key, (file, entry) in english.items():
        if key not in other:
            yield f"{path}:1: {key} is missing"
            continue
        mine = other[key][1]
        at = f"{path}:{mine.line}"
        names, mine_names = (set(NAME.findall(" ".join(e.texts))) for e in (entry, mine))
        if names != mine_names:
            yield f"{at}: {key} has {sorted(mine_names)} where English has {sorted(names)}"
        if ("msgid_plural" in entry.parts) != ("msgid_plural" in mine.parts):
            yield f"{at}: {key} has a plural in one language and none in the other"
        words = re.findall(r"[A-Za-z]{2,}", NAME.sub("", " ".join(entry.texts)))
        if entry.texts == mine.texts and len(words) >= FEW_WORDS and not mine.same:
            yield f"{at}: {key} is still English; translate it, or write `# same: why` above it"
    for key in other.keys() - english.keys():
        yield f"{path}:{other[key][1].line}: {key} is not in English; remove it"


def empty(tree, all_catalogues):
    for (language, _), entries in all_catalogues.items():
        for key, (file, entry) in entries.items():
            if not entry.texts or not all(text.strip() for text in entry.texts):
                yield f"{tree.name(file)}:{entry.line}: {key} has no text"


def used_keys(tree):
    """Every literal that could be a key, the beginnings that keys are put together from, and sure uses."""
    literals, beginnings, sure = set(), set(), []
    for file in tree.cpp():
        if house.is_test(file):
            continue
        text = file.read_text()
        line = house.Lines(text)
        for position, content in house.strings(text):
            if KEY.match(content):
                literals.add(content)
                if CALL.search(text[max(0, position - 60):position]):
                    sure.append((f"{tree.name(file)}:{line(position)}", content))
            elif re.match(r"^[a-z][a-z_0-9]*\.([a-z0-9_.]*[._])?$", content):
                beginnings.add(content)
    for file in tree.files("presets/**/*", "seeds/**/*", "web/**/*.ts"):
        if file.suffix in (".toml", ".json", ".sql", ".ts", ".txt"):
            literals.update(re.findall(r"[a-z][a-z_0-9]*(?:\.[a-z0-9_]+)+", file.read_text(errors="replace")))
    return literals, tuple(beginnings), sure


def usage(tree, all_catalogues):
    english = {key: place for (language, _), entries in all_catalogues.items() if language == "en"
               for key, place in entries.items()}
    literals, beginnings, sure = used_keys(tree)
    for at, key in sure:
        if key not in english:
            yield f"{at}: {key} is in no catalogue; add it to locales/*/{key.split('.')[0]}.po"
    for key, (file, entry) in english.items():
        if key not in literals and not key.startswith(beginnings):
            yield f"{tree.name(file)}:{entry.line}: {key} is used nowhere; remove it from all languages"


# What gettext says of texts whose msgid is a text too; our msgids are keys.
NOT_FOR_KEYS = re.compile(r"warning: header field|do not both (begin|end) with|^msgfmt: found")


def gettext(tree):
    """What gettext's own checker says, for translators work with its tools."""
    if not shutil.which("msgfmt"):
        return
    for file in tree.files("locales/*/*.po"):
        done = subprocess.run(["msgfmt", "--check", "-o", "/dev/null", str(file)], capture_output=True, text=True)
        for line in done.stderr.splitlines():
            if not NOT_FOR_KEYS.search(line):
                yield line.replace(str(tree.root) + "/", "")


def check(tree):
    all_catalogues = catalogues(tree)
    wrong = list(empty(tree, all_catalogues))
    for (language, slice_name), english in all_catalogues.items():
        if language == "en":
            for other in LANGUAGES[1:]:
                wrong += compare(tree, english, slice_name, all_catalogues.get((other, slice_name)), other)
    return wrong + list(usage(tree, all_catalogues)) + list(gettext(tree))


if __name__ == "__main__":
    house.main(check)
