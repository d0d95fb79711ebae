#!/usr/bin/env python3
"""Wrong versions of the model and its analysis, and which tests notice.

mutants.py plant SOURCE TREE     copies the project to TREE with every mutant of mutants.txt planted; the environment variable ENTENTE_MUTANT=N switches
                                 the N-th on, none is on without it
mutants.py run BUILD [N...]      runs the tests of a planted build against each mutant, or those of these numbers, and prints the score

A mutant is killed if a test of meaning fails: those that compare with a stored text (golden, README) are not run.
"""
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

COPIED = ["CMakeLists.txt", "CMakePresets.json", "README.md", "CHANGELOG.md", "CITATION.cff", "package", "engine", "tests", "calibration", "results", "scenarios"]
TABLE = Path(__file__).with_name("mutants.txt")
# What is asked of each after the tests that bear its file's name, the quickest first; ENTENTE_TEST_SCALE stays 1, so that no test loses power.
TESTS = [("tests_model", "*"), ("tests_unit", "-Program*:*Command*:Sweep*:Snippets*"), ("tests_statistical", "*"), ("tests_property", "-Machine*"), ("tests_directional", "*")]


def mutants():
    """(file, right, wrong, line in the table) of each, numbered from 1."""
    found, file, right = [], None, None
    for number, line in enumerate(TABLE.read_text().splitlines(), 1):
        if line.startswith("- "):
            right = line[2:]
        elif line.startswith("+ "):
            found.append((file, right, line[2:], number))
        elif line and not line.startswith("#"):
            file = line
    return found


def plant(source, tree):
    texts = {}
    for number, (file, right, wrong, line) in enumerate(mutants(), 1):
        text = texts.get(file) or (source / file).read_text()
        if text.count(right) != 1:
            sys.exit(f"{TABLE}:{line}: '{right}' stands {text.count(right)} times in {file}, once is meant")
        texts[file] = text.replace(right, f"(::entente_mutant == {number} ? ({wrong}) : ({right}))")
    marker = tree / ".planted"
    if tree.exists() and not marker.exists():
        sys.exit(f"{tree} is there and is no planted copy")
    tree.mkdir(parents=True, exist_ok=True)
    marker.touch()
    for name in COPIED:  # what is built there stays, and so is built anew only where it changed
        original, copy = source / name, tree / name
        if original.is_dir():
            shutil.rmtree(copy, ignore_errors=True)
            shutil.copytree(original, copy)
        else:
            shutil.copy2(original, copy)
    for file, text in texts.items():
        text = text.replace("#pragma once\n", "", 1) if file.endswith(".hpp") else text
        head = "#pragma once\n" if file.endswith(".hpp") else ""
        (tree / file).write_text(f'{head}#include "{tree}/engine/mutant.hpp"\n{text}')
    (tree / "engine/mutant.hpp").write_text(
        "#pragma once\n#include <cstdlib>\n"
        'inline const int entente_mutant = std::getenv("ENTENTE_MUTANT") ? std::atoi(std::getenv("ENTENTE_MUTANT")) : 0;\n'
    )
    print(f"{len(mutants())} mutants planted in {tree}")


def tests_of(number):
    """Programs and filters of their tests for a mutant, those of its own file first; all of them for 0."""
    if number == 0:
        return TESTS
    name = "".join(word.capitalize() for word in Path(mutants()[number - 1][0]).stem.split("_"))
    return [(program, f"{name}*") for program, _ in TESTS[:2]] + TESTS


def killer(build, number):
    """The first test program that notices, or None."""
    environment = {**os.environ, "ENTENTE_MUTANT": str(number), "ENTENTE_TEST_SCALE": "1"}
    for program, which in tests_of(number):
        command = [build / "tests" / program, f"--gtest_filter={which}", "--gtest_fail_fast", "--gtest_brief=1"]
        try:
            done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=1800, cwd=build)
        except subprocess.TimeoutExpired:
            return f"{program}: endless"
        if done.returncode != 0:
            failed = [line for line in done.stdout.splitlines() if "FAILED  ]" in line]
            return f"{program}: {failed[0].split(']')[1].split('(')[0].strip() if failed else 'crash'}"
    return None


def run(build, numbers):
    everything = mutants()
    if unknown := [n for n in numbers if not 1 <= n <= len(everything)]:
        sys.exit(f"mutants have the numbers 1 to {len(everything)}, got {unknown}")
    if (found := killer(build, 0)) is not None:
        sys.exit(f"without a mutant {found} fails")
    survivors = 0
    for number in numbers or range(1, len(everything) + 1):
        file, right, wrong, line = everything[number - 1]
        begun = time.time()
        found = killer(build, number)
        survivors += found is None
        print(f"{number:3} {'SURVIVES' if found is None else 'killed by ' + found} ({time.time() - begun:.0f} s)  {file}: {right} -> {wrong}", flush=True)
    asked = len(numbers or everything)
    print(f"{asked - survivors} of {asked} killed: {100 * (asked - survivors) / asked:.1f} %")
    return survivors


if __name__ == "__main__":
    if len(sys.argv) == 4 and sys.argv[1] == "plant":
        plant(Path(sys.argv[2]).resolve(), Path(sys.argv[3]).resolve())
    elif len(sys.argv) >= 3 and sys.argv[1] == "run":
        sys.exit(1 if run(Path(sys.argv[2]).resolve(), [int(n) for n in sys.argv[3:]]) else 0)
    else:
        sys.exit(__doc__)
