#!/usr/bin/env python3
"""tools/guide puts samples where pages want them, and finds what is wrong with pages and samples."""

import importlib.machinery
import importlib.util
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True
TOOL = Path(__file__).resolve().parents[2] / "tools" / "guide"
loader = importlib.machinery.SourceFileLoader("guide", str(TOOL))
guide = importlib.util.module_from_spec(importlib.util.spec_from_loader("guide", loader))
loader.exec_module(guide)


class GuideTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        guide.ROOT = guide.TESTS = Path(folder.name)
        self.problems = []

    def samples(self, name, text):
        (guide.TESTS / name).write_text(text, encoding="utf-8")
        return guide.samples_of_tests(self.problems)

    def filled(self, text, texts):
        page = guide.ROOT / "page.md"
        page.write_text(text, encoding="utf-8")
        return guide.filled(page, texts, set(), self.problems)

    def test_sample_is_the_code_between_its_marks_without_indentation(self):
        found = self.samples("crud_test.cpp", '    guide.begin("add");\n    one();\n        two();\n    guide.end();\n    other();\n')
        self.assertEqual((found, self.problems), ({"crud/add": "one();\n    two();"}, []))

    def test_sample_of_models_is_between_comments(self):
        found = self.samples("blog_models.hpp", "// begin: user\nstruct User {};\n// end\n")
        self.assertEqual((found, self.problems), ({"blog/user": "struct User {};"}, []))

    def test_marks_that_do_not_match_are_a_problem(self):
        self.samples("crud_test.cpp", 'guide.begin("add");\nguide.begin("more");\nguide.end();\nguide.end();\n')
        self.assertEqual([problem.split(": ")[0] for problem in self.problems], ["crud_test.cpp:2", "crud_test.cpp:4"])

    def test_sample_without_end_is_a_problem(self):
        self.samples("crud_test.cpp", "// begin: add\n")
        self.assertIn("'add' has no end", self.problems[0])

    def test_place_is_filled_and_filled_anew(self):
        before = "Text.\n\n<!-- cpp: crud/add -->\n\nMore.\n"
        once = self.filled(before, {("cpp", "crud/add"): "one();"})
        self.assertEqual(once, "Text.\n\n<!-- cpp: crud/add -->\n```cpp\none();\n```\n\nMore.\n")
        again = self.filled(once, {("cpp", "crud/add"): "two();\nthree();"})
        self.assertEqual(again, "Text.\n\n<!-- cpp: crud/add -->\n```cpp\ntwo();\nthree();\n```\n\nMore.\n")
        self.assertEqual(self.problems, [])

    def test_place_without_sample_is_a_problem(self):
        self.filled("<!-- sql: crud/add -->\n", {})
        self.assertIn("there is no sql of 'crud/add'", self.problems[0])

    def test_block_of_code_that_nobody_ran_is_a_problem(self):
        text = "```cpp\none();\n```\n\n```sql\nSELECT 1\n```\n\n```sh\nmake\n```\n"
        self.assertEqual(self.filled(text, {}), text)
        self.assertEqual(len(self.problems), 2, self.problems)


if __name__ == "__main__":
    unittest.main()
