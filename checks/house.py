"""What the checks share: the tree, the module list, C++ without its comments and strings."""
import re
import sys
from bisect import bisect_right
from pathlib import Path


class Tree:
    """A checkout. Checks take the folder, so that selftest can give them a small one with a fault in it."""

    def __init__(self, root):
        self.root = Path(root)

    def files(self, *patterns):
        return sorted(f for pattern in patterns for f in self.root.glob(pattern) if f.is_file())

    def cpp(self):
        return self.files("src/**/*.cpp", "src/**/*.hpp")

    def name(self, file):
        return file.relative_to(self.root).as_posix()

    def listed(self, path):
        """The lines of a list file, without comments and blank lines."""
        file = self.root / path
        lines = file.read_text().splitlines() if file.exists() else []
        return [text for line in lines if (text := line.split("#")[0].strip())]


def modules(tree):
    """module → (uses, what its tests use besides)"""
    found = {}
    for line in tree.listed("src/modules.txt"):
        name, _, rest = line.partition(":")
        uses, _, tests = rest.partition("|")
        found[name.strip()] = (uses.split(), tests.split())
    return found


def module_of(path, known):
    """The module of a path below src/, by the longest name that fits."""
    parts = path.split("/")
    for length in range(len(parts) - 1, 0, -1):
        if "/".join(parts[:length]) in known:
            return "/".join(parts[:length])
    return None


def is_test(file):
    return file.name.endswith(("_test.cpp", "_test.hpp", "_bench.cpp"))


TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/'  # comments
    r'|(?:u8|[uUL])?R"(?P<tag>[^()\s]{0,16})\((?P<raw>.*?)\)(?P=tag)"'  # raw strings
    r'|(?:u8|[uUL])?"(?P<text>(?:\\.|[^"\\\n])*)"'  # strings
    r"|(?<![0-9A-Fa-f])'(?:\\.|[^'\\\n])+'",  # characters; not the separators of 1'000'000
    re.S)


def blank(text):
    """As many lines, and nothing else."""
    return re.sub(r"[^\n]", " ", text)


def code_only(text):
    """The text with comments and the inside of strings blanked; positions and lines stay."""

    def hide(m):
        return blank(m[0]) if m[0].startswith("/") else '"' + blank(m[0][1:-1]) + '"'

    return TOKEN.sub(hide, text)


def strings(text):
    """(position, content) of every string literal; adjacent ones are joined as the compiler does."""
    found, end_of_last = [], None
    for m in TOKEN.finditer(text):
        if m["raw"] is None and m["text"] is None:
            continue
        content = m["raw"] if m["raw"] is not None else unescape(m["text"])
        between = text[end_of_last:m.start()] if end_of_last is not None else "x"
        if found and not TOKEN.sub(lambda c: "" if c[0].startswith("/") else c[0], between).strip():
            found[-1] = (found[-1][0], found[-1][1] + content)
        else:
            found.append((m.start(), content))
        end_of_last = m.end()
    return found


def unescape(text):
    return text.replace('\\"', '"').replace("\\n", "\n").replace("\\t", "\t")


class Lines:
    """Line numbers of positions in a text."""

    def __init__(self, text):
        self.starts = [0] + [m.end() for m in re.finditer("\n", text)]

    def __call__(self, position):
        return bisect_right(self.starts, position)


def main(check):
    """Runs one check on the checkout it lies in, or on the folder named."""
    root = sys.argv[1] if len(sys.argv) > 1 else Path(__file__).resolve().parent.parent
    wrong = check(Tree(root))
    print("\n".join(wrong), file=sys.stderr) if wrong else None
    sys.exit(1 if wrong else 0)
