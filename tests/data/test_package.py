"""The data package: whole, described, and a card beside every table. A dataset added later is covered as it is."""

import json
import re
from pathlib import Path

import pytest
from frictionless import Package

from equitykit import data

ROOT = Path(__file__).parents[2]
DATASETS = ROOT / "datasets"
PACKAGE = json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))
RESOURCES = {resource["name"]: resource for resource in PACKAGE["resources"]}
HEADINGS = (
    "Where it comes from",
    "What a row is",
    "Columns",
    "Who is counted, and who is not",
    "Known bias",
    "What not to conclude",
    "How it was made and checked",
)

every_dataset = pytest.mark.parametrize("name", sorted(RESOURCES))


def test_frictionless_finds_nothing_wrong():
    report = Package(str(DATASETS / "datapackage.json")).validate()
    assert report.flatten(["type", "rowNumber", "fieldName", "note"]) == []
    assert report.valid
    assert len(report.tasks) == len(RESOURCES)


def test_validate_finds_nothing_wrong():
    assert data.validate(DATASETS) == []
    assert data.validate() == []


def test_the_package_says_what_it_is():
    for key in ("name", "title", "description", "licenses", "sources", "contributors"):
        assert PACKAGE[key], key


def test_every_table_is_in_the_package_and_every_dataset_has_its_table():
    on_disk = {path.relative_to(DATASETS).as_posix() for path in DATASETS.rglob("*.csv")}
    assert on_disk == {resource["path"] for resource in RESOURCES.values()}
    assert data.names() == sorted(RESOURCES)


@every_dataset
def test_a_dataset_is_a_folder_with_its_table_and_its_card(name):
    assert RESOURCES[name]["path"] == f"{name}/{name}.csv"
    assert {path.name for path in (DATASETS / name).iterdir()} == {f"{name}.csv", "card.md"}


@every_dataset
def test_every_column_is_described(name):
    for field in RESOURCES[name]["schema"]["fields"]:
        assert field["type"] in {"string", "integer", "number", "boolean"}, field["name"]
        assert field["title"], field["name"]
        assert field["description"].endswith("."), field["name"]
        if field["type"] in {"integer", "number"}:
            assert {"minimum", "maximum"} & field["constraints"].keys(), field["name"]
        if field["type"] == "number":
            assert field["unit"], field["name"]
    assert RESOURCES[name]["schema"]["primaryKey"]
    assert RESOURCES[name]["schema"]["missingValues"] == [""]


@every_dataset
def test_its_modules_are_modules_of_the_course(name):
    for module in RESOURCES[name]["modules"]:
        assert re.fullmatch(r"[0-9]{2}-[a-z-]+|capstone", module)


@every_dataset
def test_synthetic_data_say_so_in_their_name(name):
    assert isinstance(RESOURCES[name]["synthetic"], bool)
    assert RESOURCES[name]["synthetic"] == ("synthetic" in name)


@every_dataset
def test_the_card_has_its_headings_in_order(name):
    headings = re.findall(r"^(#+) (.+)$", data.card(name), flags=re.MULTILINE)
    assert [text for level, text in headings if level == "#"] == [RESOURCES[name]["title"]]
    assert [text for level, text in headings if level == "##"] == list(HEADINGS)


@every_dataset
def test_the_card_agrees_with_the_package(name):
    resource, card = RESOURCES[name], data.card(name)
    about = dict(re.findall(r"^\| ([^|`]+?) \| ([^|]+?) \|$", card, flags=re.MULTILINE))
    assert about["Geography"] == resource["geography"]
    assert about["Period"] == resource["period"]
    assert about["Licence"] == " and ".join(licence["title"] for licence in resource["licenses"])
    assert about["Real or synthetic"] == ("Synthetic" if resource["synthetic"] else "Real")
    assert about["Size"].startswith(f"{len(data.load(name))} rows")


@every_dataset
def test_the_card_explains_each_column_and_no_other(name):
    columns = re.search(r"## Columns\n(.*?)\n## ", data.card(name), flags=re.DOTALL).group(1)
    explained = [
        column
        for line in columns.splitlines()
        if line.startswith("| `")
        for column in re.findall(r"`([a-z_]+)`", line.split("|")[1])
    ]
    assert explained == [field["name"] for field in RESOURCES[name]["schema"]["fields"]]


@every_dataset
def test_the_card_links_its_sources(name):
    card = data.card(name)
    for source in RESOURCES[name]["sources"]:
        assert source["path"] in card


@every_dataset
def test_the_card_is_a_page_of_the_book(name):
    text = (DATASETS / name / "card.md").read_text(encoding="utf-8")
    assert text.startswith(f"---\nequity:\n  id: card-{name}\n  kind: card\n---\n\n# ")
    assert data.card(name).startswith("# ")
