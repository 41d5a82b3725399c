#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads every include of common/ and services/ against layers.toml, and checks habits that only a scan can see.

Each finding is one line "file:line: rule: what"; exit status 1 if there is any. Findings never depend on the order of files.
"""
import fnmatch
import pathlib
import re
import subprocess
import sys

try:
    import tomllib
except ModuleNotFoundError:  # Python before 3.11
    import tomli as tomllib

ROOT = pathlib.Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')
MAX_FILE_LINES = 500
MAX_MAIN_LINES = 60
MAX_VIRTUAL_METHODS = 14
TEST_START = re.compile(r"^(TEST|TEST_F|TEST_P|TYPED_TEST)\(")


def tracked(*patterns):
    names = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "--", *patterns], cwd=ROOT,
                           capture_output=True, text=True, check=True).stdout.split("\n")
    return sorted(name for name in names if name and (ROOT / name).exists())


def layer_of(path, layers):
    return max((layer for layer in layers if path == layer or path.startswith(layer + "/")), key=len, default=None)


def check_layers(name, number, include, table):
    layer = layer_of(name, table["layers"])
    if layer is None:
        return [f"{name}:{number}: layer: folder is not in layers.toml"]
    if not include.startswith(("common/", "services/")):
        return []
    allowed = [layer, *table["layers"][layer]]
    if not any(include.startswith(entry + "/") for entry in allowed):
        return [f"{name}:{number}: layer: {layer} may not include {include}"]
    return []


def check_fences(name, number, include, table):
    return [f"{name}:{number}: fence: {include} belongs in {', '.join(places)}"
            for library, places in table["fenced"].items()
            if include.startswith(library) and not any(name.startswith(place) for place in places)]


def check_edge(name, number, include, table):
    edge = table["edge"]
    if not name.startswith("services/") or name.startswith(("services/duijie/", "services/duijied/")):
        return []
    is_edge = any(fnmatch.fnmatch(pathlib.Path(name).name, pattern) for pattern in edge["files"])
    speaks = include.endswith(".grpc.pb.h") or any(include.startswith(p) for p in edge["edge_only"])
    if speaks and not is_edge and include not in edge["allowed"]:
        if include.endswith(".grpc.pb.h") and pathlib.Path(name).stem.endswith("_client"):
            return []
        return [f"{name}:{number}: edge: logic may not include {include}"]
    return []


def includes_of(name):
    for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").split("\n"), 1):
        found = INCLUDE.match(line)
        if found:
            yield number, found.group(1)


def check_includes(table):
    findings = []
    for name in tracked("common/*.h", "common/*.cc", "services/*.h", "services/*.cc"):
        for number, include in includes_of(name):
            for check in (check_layers, check_fences, check_edge):
                findings += check(name, number, include, table)
    return findings


def check_sizes():
    findings = []
    for name in tracked("common/*", "services/*", "tests/*", "tools/*"):
        if not name.endswith((".h", ".cc", ".py", ".sh")):
            continue
        text = (ROOT / name).read_text(encoding="utf-8")
        lines = text.count("\n")
        limit = MAX_MAIN_LINES if name.endswith("/main.cc") else MAX_FILE_LINES
        if lines > limit:
            findings.append(f"{name}:1: size: {lines} lines, limit {limit}")
        if "SPDX-License-Identifier" not in "\n".join(text.split("\n")[:3]):
            findings.append(f"{name}:1: licence: no SPDX line")
        if name.endswith(".h") and len(re.findall(r"^\s+virtual .*= 0;", text, re.M)) > MAX_VIRTUAL_METHODS:
            findings.append(f"{name}:1: size: interface with more than {MAX_VIRTUAL_METHODS} methods")
    return findings


def check_tests():
    findings = []
    cmake = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in tracked("*CMakeLists.txt"))
    modules = {str(pathlib.Path(name).parent) for name in tracked("common/*/CMakeLists.txt", "services/*/CMakeLists.txt")}
    for name in tracked("tests/*_test.cc"):
        folder = str(pathlib.Path(name).parent)
        source = folder.removeprefix("tests/unit/")
        if not (folder.startswith("tests/unit/") and source in modules) and f"FOLDER {folder}" not in cmake:
            findings.append(f"{name}:1: test: no CMakeLists.txt registers its folder")
        text = (ROOT / name).read_text(encoding="utf-8")
        if not re.search(r"EXPECT_|ASSERT_", text):
            findings.append(f"{name}:1: test: no assertion")
        for number, line in enumerate(text.split("\n"), 1):
            if re.search(r"EXPECT_TRUE\(.*&&", line):
                findings.append(f"{name}:{number}: test: compound EXPECT_TRUE says nothing when it fails")
            if re.search(r"sleep_for|usleep\(|\bsleep\(", line):
                findings.append(f"{name}:{number}: test: sleeps")
    return findings


def check_reasons():
    listed = set(re.findall(r"ERROR_REASON_([A-Z0-9_]+) =",
                            (ROOT / "proto/duijie/v1/errors.proto").read_text(encoding="utf-8")))
    findings = []
    for name in tracked("common/*.cc", "services/*.cc", "common/*.h", "services/*.h"):
        text = (ROOT / name).read_text(encoding="utf-8")
        for found in re.finditer(r'\bError\(\s*(?:absl::)?StatusCode::k\w+,\s*"([A-Z0-9_]+)"', text):
            if found.group(1) not in listed:
                line = text.count("\n", 0, found.start()) + 1
                findings.append(f"{name}:{line}: reason: {found.group(1)} is not in errors.proto")
    return findings


def check_paths():
    pattern = re.compile(r"(?<![\w.$}])/(work|tmp|root|home)/[a-z0-9]")
    findings = []
    for name in tracked("common/*", "services/*", "proto/*", "docs/*", "tools/*", "tests/*", "deploy/*", "*.md", "dev"):
        if name == "tests/arch/arch_test.py" or not (ROOT / name).is_file():
            continue
        try:
            text = (ROOT / name).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        findings += [f"{name}:{number}: path: machine path" for number, line in enumerate(text.split("\n"), 1)
                     if pattern.search(line)]
    return findings


def main():
    table = tomllib.loads((ROOT / "tests/arch/layers.toml").read_text(encoding="utf-8"))
    findings = check_includes(table) + check_sizes() + check_tests() + check_reasons() + check_paths()
    for finding in sorted(set(findings)):
        print(finding)
    print(f"{len(set(findings))} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
