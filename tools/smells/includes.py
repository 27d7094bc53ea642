"""What may include what: the layers, cycles, and the headers that a public header may use."""

from pathlib import PurePosixPath

from .sources import Finding

# A layer -> the layers that its target links. The same arrows as in src/CMakeLists.txt.
LINKS = {
    "base": (),
    "types": ("base",),
    "sql": ("types",),
    "dialects": ("sql",),
    "engine": ("dialects",),
    "orm": ("engine",),
    "drivers": ("engine",),
}

BANNED = {"regex", "iostream", "sstream", "fstream", "filesystem", "future", "random", "thread"}

STANDARD = set(
    """algorithm any array atomic barrier bit bitset charconv chrono codecvt compare complex concepts condition_variable
    coroutine deque exception execution expected filesystem format forward_list fstream functional future initializer_list
    iomanip ios iosfwd iostream istream iterator latch limits list locale map memory memory_resource mutex new numbers
    numeric optional ostream queue random ranges ratio regex scoped_allocator semaphore set shared_mutex source_location
    span sstream stack stdexcept stop_token streambuf string string_view strstream syncstream system_error thread tuple
    type_traits typeindex typeinfo unordered_map unordered_set utility valarray variant vector version
    cassert cctype cerrno cfenv cfloat cinttypes climits clocale cmath csetjmp csignal cstdarg cstddef cstdint cstdio
    cstdlib cstring ctime cuchar cwchar cwctype""".split()
)

# Asked for by __has_include.
OPTIONAL = {"sys/single_threaded.h"}


def allowed_layers(layer):
    reached, waiting = set(), [layer]
    while waiting:
        current = waiting.pop()
        if current not in reached:
            reached.add(current)
            waiting += LINKS[current]
    return reached


def layer_of(path):
    """The layer that a path of the tree belongs to, None for the umbrella and whatever is outside the layers."""
    parts = PurePosixPath(path).parts
    folder = parts[2] if parts[:2] == ("include", "aludel") else parts[1] if parts[0] == "src" else None
    return folder if folder in LINKS else None


def resolve(tree, source, target):
    """The file of the tree that an #include names, or None."""
    beside = str(PurePosixPath(source.path).parent / target)
    for candidate in (f"include/{target}", f"src/{target}", beside):
        if candidate in tree.by_path:
            return candidate
    return None


def _layering(tree, source):
    layer = layer_of(source.path)
    if layer is None:
        return
    for line, target in source.includes:
        reached = resolve(tree, source, target)
        below = layer_of(reached) if reached else None
        if reached == "include/aludel/aludel.hpp":
            yield Finding(True, source.path, line, "a layer includes the umbrella header")
        elif below is not None and below not in allowed_layers(layer):
            yield Finding(True, source.path, line, f"upward include: {layer} may not include {target}")
        elif below is not None and below != layer and reached.startswith("src/"):
            yield Finding(False, source.path, line, f"{target} is private to the layer {below}")


def _public_headers(tree, source):
    for line, target in source.includes:
        if target in BANNED:
            yield Finding(True, source.path, line, f"<{target}> costs every user too much for a public header")
        elif target not in STANDARD | OPTIONAL and not target.startswith("aludel/") and resolve(tree, source, target) is None:
            yield Finding(True, source.path, line, f"<{target}> is no header of aludel or of the standard library")


def _cycles(tree):
    """One finding per cycle: a depth-first walk that meets a file which is still open."""
    edges = {s.path: [r for _, t in s.includes if (r := resolve(tree, s, t))] for s in tree.under("include", "src")}
    state, findings = {}, []

    def visit(path, trail):
        state[path] = "open"
        for following in edges.get(path, ()):
            if state.get(following) == "open":
                cycle = trail[trail.index(following) :] + [following]
                findings.append(Finding(True, path, 1, "include cycle: " + " -> ".join(cycle)))
            elif following not in state:
                visit(following, trail + [following])
        state[path] = "done"

    for path in edges:
        if path not in state:
            visit(path, [path])
    return findings


def check(tree):
    findings = []
    for source in tree.under("include", "src"):
        findings += _layering(tree, source)
        if source.is_public:
            findings += _public_headers(tree, source)
    return findings + _cycles(tree)
