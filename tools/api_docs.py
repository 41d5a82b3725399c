#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes docs/api/*.md from the comments of proto/duijie/v1; with --check only says whether they are up to date."""
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[1]
OUT = ROOT / "docs" / "api"
# Field numbers inside FileDescriptorProto, which source locations are paths of.
MESSAGE, ENUM, SERVICE, FIELD, NESTED, VALUE, METHOD, ONEOF = 4, 5, 6, 2, 3, 2, 2, 8
SCALARS = {"TYPE_STRING": "string", "TYPE_BYTES": "bytes", "TYPE_BOOL": "bool", "TYPE_INT32": "int32",
           "TYPE_INT64": "int64", "TYPE_UINT32": "uint32", "TYPE_UINT64": "uint64", "TYPE_DOUBLE": "double",
           "TYPE_FLOAT": "float"}


def load_files():
    image = subprocess.run([str(ROOT / "node_modules/.bin/buf"), "build", "proto", "-o", "-#format=json"], cwd=ROOT,
                           check=True, capture_output=True, text=True).stdout
    files = [f for f in json.loads(image)["file"] if f["name"].startswith("duijie/v1/")]
    return sorted(files, key=lambda f: f["name"])


def comments_of(file):
    return {tuple(location.get("path", [])): " ".join(location["leadingComments"].split())
            for location in file["sourceCodeInfo"]["location"] if "leadingComments" in location}


def file_stem(name):
    return pathlib.PurePosixPath(name).stem


class Links:
    """Where each type is documented."""

    def __init__(self, files):
        self.home = {}
        for file in files:
            for item in file.get("messageType", []) + file.get("enumType", []):
                self.home[f".{file['package']}.{item['name']}"] = (file_stem(file["name"]), item["name"])

    def to(self, type_name, here):
        if type_name not in self.home:
            return "`" + type_name.lstrip(".") + "`"
        stem, name = self.home[type_name]
        page = "" if stem == here else stem + ".md"
        return f"[{name}]({page}#{name.lower()})"


def is_map(field, message):
    for nested in message.get("nestedType", []):
        if field.get("typeName", "").endswith("." + nested["name"]) and nested.get("options", {}).get("mapEntry"):
            return nested
    return None


def type_text(field, message, links, here):
    entry = is_map(field, message)
    if entry:
        key, value = (type_text(f, entry, links, here) for f in entry["field"])
        return f"map of {key} to {value}"
    text = SCALARS.get(field["type"]) or links.to(field["typeName"], here)
    if field.get("label") == "LABEL_REPEATED":
        return "repeated " + text
    return ("optional " if field.get("proto3Optional") else "") + text


def cell(text):
    return text.replace("|", "\\|")


def message_lines(message, path, comments, links, here):
    yield f"### {message['name']}\n"
    yield comments.get(path, "") + "\n"
    if not message.get("field"):
        return
    yield "| # | field | type | meaning |\n| --- | --- | --- | --- |"
    for index, field in enumerate(message["field"]):
        meaning = comments.get(path + (FIELD, index), "")
        if "oneofIndex" in field and not field.get("proto3Optional"):
            meaning = f"(one of `{message['oneofDecl'][field['oneofIndex']]['name']}`) " + meaning
        yield (f"| {field['number']} | `{field['name']}` | {cell(type_text(field, message, links, here))} "
               f"| {cell(meaning)} |")
    yield ""


def enum_lines(enum, path, comments):
    yield f"### {enum['name']}\n"
    yield comments.get(path, "") + "\n"
    yield "| # | value | meaning |\n| --- | --- | --- |"
    for index, value in enumerate(enum["value"]):
        yield f"| {value.get('number', 0)} | `{value['name']}` | {cell(comments.get(path + (VALUE, index), ''))} |"
    yield ""


def service_lines(service, path, comments, links, here):
    yield f"## {service['name']}\n"
    yield comments.get(path, "") + "\n"
    yield "| method | request | response | meaning |\n| --- | --- | --- | --- |"
    for index, method in enumerate(service["method"]):
        request = ("stream of " if method.get("clientStreaming") else "") + links.to(method["inputType"], here)
        response = ("stream of " if method.get("serverStreaming") else "") + links.to(method["outputType"], here)
        yield f"| `{method['name']}` | {request} | {response} | {cell(comments.get(path + (METHOD, index), ''))} |"
    yield ""


def page(file, links):
    comments, here = comments_of(file), file_stem(file["name"])
    yield f"<!-- Generated from proto/{file['name']} by ./dev docs; edit the comments there. -->\n"
    yield f"# {file['name']}\n"
    for index, service in enumerate(file.get("service", [])):
        yield from service_lines(service, (SERVICE, index), comments, links, here)
    if file.get("messageType"):
        yield "## Messages\n"
    for index, message in enumerate(file.get("messageType", [])):
        yield from message_lines(message, (MESSAGE, index), comments, links, here)
    if file.get("enumType"):
        yield "## Enums\n"
    for index, enum in enumerate(file.get("enumType", [])):
        yield from enum_lines(enum, (ENUM, index), comments)


def index_page(files):
    yield "<!-- Generated by ./dev docs. -->\n"
    yield "# API reference\n"
    yield "Package `duijie.v1`. Each page is one proto file.\n"
    for file in files:
        services = ", ".join(f"`{service['name']}`" for service in file.get("service", []))
        yield f"- [{file_stem(file['name'])}]({file_stem(file['name'])}.md)" + (f": {services}" if services else "")


def main():
    files = load_files()
    links = Links(files)
    pages = {file_stem(file["name"]) + ".md": "\n".join(page(file, links)).rstrip() + "\n" for file in files}
    pages["README.md"] = "\n".join(index_page(files)) + "\n"
    OUT.mkdir(parents=True, exist_ok=True)
    stale = [name for name, text in pages.items()
             if not (OUT / name).exists() or (OUT / name).read_text(encoding="utf-8") != text]
    if "--check" in sys.argv:
        for name in stale:
            print(f"docs/api/{name} is out of date: run ./dev docs")
        return 1 if stale else 0
    for name, text in pages.items():
        (OUT / name).write_text(text, encoding="utf-8")
    print(f"docs/api: {len(pages)} pages, {len(stale)} changed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
