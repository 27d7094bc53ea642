#!/usr/bin/env python3
"""Each smell of tools/lint is found where it is, and only there. Writes small trees and runs the text checks on them."""

import re
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / "tools"))

from smells import functions, includes, names, remarks, sizes, umbrella  # noqa: E402
from smells.sources import Tree  # noqa: E402


class SmellTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)

    def findings(self, module, **files):
        """The findings of one check over files given as path=text; `__` stands for `/`, a trailing _hpp or _cpp for the suffix."""
        for name, text in files.items():
            path = self.root / (name.replace("__", "/")[:-4] + "." + name[-3:])
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return module.check(Tree(self.root))

    def assert_one(self, findings, fails, line, words):
        self.assertEqual(len(findings), 1, [str(f) for f in findings])
        self.assertEqual((findings[0].fails, findings[0].line), (fails, line), str(findings[0]))
        self.assertRegex(findings[0].message, words)

    # -- includes

    def test_upward_include_fails(self):
        found = self.findings(includes, include__aludel__sql__select_hpp="#pragma once\n#include <aludel/orm/session.hpp>\n",
                              include__aludel__orm__session_hpp="#pragma once\n")
        self.assert_one(found, True, 2, "upward include: sql may not include")

    def test_upward_include_of_a_private_header_fails(self):
        found = self.findings(includes, src__base__error_cpp='#include "engine/pool.hpp"\n', src__engine__pool_hpp="")
        self.assert_one(found, True, 1, "upward include: base")

    def test_driver_include_of_orm_fails_and_of_engine_does_not(self):
        found = self.findings(includes, src__drivers__x__register_cpp="#include <aludel/engine/driver.hpp>\n#include <aludel/orm/session.hpp>\n",
                              include__aludel__engine__driver_hpp="", include__aludel__orm__session_hpp="")
        self.assert_one(found, True, 2, "drivers may not include")

    def test_downward_include_is_fine(self):
        found = self.findings(includes, include__aludel__orm__session_hpp="#include <aludel/base/error.hpp>\n", include__aludel__base__error_hpp="")
        self.assertEqual(found, [])

    def test_cycle_fails_once(self):
        found = self.findings(includes, include__aludel__sql__a_hpp="#include <aludel/sql/b.hpp>\n",
                              include__aludel__sql__b_hpp='#include "a.hpp"\n')
        self.assert_one(found, True, 1, "include cycle: .*a.hpp -> .*b.hpp -> .*a.hpp")

    def test_third_party_and_banned_headers_fail_in_public_headers_only(self):
        text = "#include <vector>\n#include <fmt/format.h>\n#include <iostream>\n// #include <regex>\n"
        found = self.findings(includes, include__aludel__base__x_hpp=text, src__base__x_cpp=text)
        self.assertEqual([(f.path, f.line, f.fails) for f in found],
                         [("include/aludel/base/x.hpp", 2, True), ("include/aludel/base/x.hpp", 3, True)])

    # -- sizes

    def test_file_sizes_have_two_limits(self):
        found = self.findings(sizes, src__base__look_cpp="int x;\n" * 601, src__base__fail_cpp="int x;\n" * 1001, src__base__fine_cpp="int x;\n" * 600,
                              include__aludel__look_hpp="int x;\n" * 501)
        self.assertEqual(sorted((f.path, f.fails) for f in found),
                         [("include/aludel/look.hpp", False), ("src/base/fail.cpp", True), ("src/base/look.cpp", False)])

    def test_file_name_that_says_nothing_is_pointed_at(self):
        self.assert_one(self.findings(sizes, src__base__string_utils_cpp=""), False, 1, "named after its idea")

    # -- functions

    @staticmethod
    def function(lines, head="int f(int x) const noexcept"):
        return "namespace a {\nstruct S {\n" + head + " {\n" + "    g(\"}{\");\n" * lines + "}\n};\n}\n"

    def test_long_function_is_measured_and_named(self):
        self.assert_one(self.findings(functions, src__a_cpp=self.function(41)), False, 3, "function f: 41 lines")
        self.assert_one(self.findings(functions, src__a_cpp=self.function(81)), True, 3, "function f: 81 lines")
        self.assertEqual(self.findings(functions, src__a_cpp=self.function(40)), [])

    def test_constructor_with_initialisers_is_measured(self):
        text = "S::S(int x) : a_{x}, b_(x), c_{} {\n" + "    g();\n" * 45 + "}\n"
        self.assert_one(self.findings(functions, src__a_cpp=text), False, 1, "45 lines")

    def test_table_says_so_and_is_not_measured(self):
        text = "// Table: one line per code.\nint f() {\n" + "    g();\n" * 90 + "}\n"
        self.assertEqual(self.findings(functions, src__a_cpp=text), [])

    def test_body_in_a_public_header_is_pointed_at_unless_generic(self):
        self.assert_one(self.findings(functions, include__aludel__a_hpp=self.function(6)), False, 3, "belongs in a .cpp")
        self.assertEqual(self.findings(functions, include__aludel__a_hpp="template <class T>\n" + self.function(6, "template <class T> int f(T x)")), [])

    # -- names

    def test_database_name_fails_outside_its_home(self):
        found = self.findings(names, src__engine__url_cpp='// sqlite in a comment\nauto x = "sqlite";\n', src__dialects__sqlite_cpp='auto x = "sqlite";\n',
                              src__drivers__sqlite__a_cpp="int sqlite;\n", tests__engine__url_test_cpp='auto x = "sqlite";\n')
        self.assert_one(found, True, 2, "'sqlite' outside")

    # -- remarks

    def test_unfinished_work_and_dead_code_are_pointed_at(self):
        text = "// TO" + "DO: more\nint a;\n// old_call(a);\n// This explains; it is prose.\n/// call(a);\n"
        found = self.findings(remarks, src__a_cpp=text)
        self.assertEqual([(f.line, f.fails) for f in found], [(1, False), (3, False)])

    def test_suppression_needs_a_reason(self):
        text = ("int a;  // NOLINT(x)\nint b;  // NOLINT(x): the client library wants it so\n"
                '#pragma GCC diagnostic ignored "-Wx"\nint c;\n// g++ 12 sees a loop where there is none.\n#pragma GCC diagnostic push\n'
                '#pragma GCC diagnostic ignored "-Wx"\n')
        found = self.findings(remarks, src__a_cpp=text)
        self.assertEqual([f.line for f in found], [1, 3])

    # -- umbrella

    def test_umbrella_counts_own_code_without_comments_once(self):
        found = self.findings(umbrella, include__aludel__aludel_hpp="#include <aludel/a.hpp>\n#include <aludel/b.hpp>\n",
                              include__aludel__a_hpp="#include <aludel/b.hpp>\n" + "int x;\n// y\n\n" * 3500, include__aludel__b_hpp="int y;\n" * 3500)
        self.assert_one(found, False, 1, "7003 lines")


class ReadmeTest(unittest.TestCase):
    def test_example_is_the_consumer_program(self):
        program = (ROOT / "tests/packaging/consumer/main.cpp").read_text(encoding="utf-8")
        for name in ("README.md", "README.zh-CN.md"):
            shown = re.search(r"```cpp\n(.*?)```", (ROOT / name).read_text(encoding="utf-8"), re.DOTALL)
            self.assertEqual(shown[1], program, name)


if __name__ == "__main__":
    unittest.main()
