"""Loading by name: typed, with its source, and refused where it differs from its schema."""

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from equitykit import data
from equitykit.data import quick
from equitykit.data.validation import problems
from equitykit.errors import CourseError

ROOT = Path(__file__).parents[2]
DATASETS = ROOT / "datasets"
RESOURCES = {
    resource["name"]: resource
    for resource in json.loads((DATASETS / "datapackage.json").read_text(encoding="utf-8"))["resources"]
}
DTYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "string"}

every_dataset = pytest.mark.parametrize("name", sorted(RESOURCES))


def files(folder):
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def copy(tmp_path, monkeypatch):
    """A copy of the datasets that the kit is told to read."""
    folder = tmp_path / "datasets"
    shutil.copytree(DATASETS, folder)
    monkeypatch.setenv("EQUITYKIT_DATASETS", str(folder))
    return folder


@every_dataset
def test_every_column_has_the_type_of_its_field(name):
    frame = data.load(name)
    fields = RESOURCES[name]["schema"]["fields"]
    assert list(frame.columns) == [field["name"] for field in fields]
    for field in fields:
        dtype = frame[field["name"]].dtype
        if field.get("categoriesOrdered"):
            assert dtype == pd.CategoricalDtype(field["constraints"]["enum"], ordered=True)
        else:
            assert str(dtype) == DTYPES[field["type"]], field["name"]


@every_dataset
def test_a_table_knows_where_it_comes_from(name):
    known = data.load(name).attrs["dataset"]
    assert type(known) is dict
    assert list(known) == [
        "name",
        "title",
        "source",
        "source_url",
        "licence",
        "geography",
        "period",
        "synthetic",
        "modules",
    ]
    assert known["name"] == name
    assert known["source_url"].startswith("https://")
    assert isinstance(known["synthetic"], bool)
    assert isinstance(known["modules"], list)
    assert all(known[key] for key in known if key != "synthetic")
    assert json.loads(json.dumps(known)) == known


def test_what_it_knows_survives_a_selection():
    frame = data.load("covid-ethnicity-stepwise")
    assert frame[frame["reference"]].attrs["dataset"]["name"] == "covid-ethnicity-stepwise"


def test_two_loads_do_not_share_what_they_know():
    data.load("life-expectancy-gaps").attrs["dataset"]["modules"].append("changed")
    assert "changed" not in data.load("life-expectancy-gaps").attrs["dataset"]["modules"]


@every_dataset
def test_missing_cells_are_missing_and_nothing_else_is(name):
    frame = data.load(name)
    plain = pd.read_csv(DATASETS / RESOURCES[name]["path"], dtype=str, keep_default_na=False)
    assert (frame.isna().to_numpy() == (plain == "").to_numpy()).all()


@every_dataset
def test_each_value_is_the_one_in_the_file(name):
    frame = data.load(name)
    plain = pd.read_csv(DATASETS / RESOURCES[name]["path"], dtype=str, keep_default_na=False)
    for field in RESOURCES[name]["schema"]["fields"]:
        written = plain.loc[plain[field["name"]] != "", field["name"]]
        loaded = frame[field["name"]].dropna()
        if field["type"] in {"integer", "number"}:
            assert [float(value) for value in loaded] == [float(text) for text in written]
        elif field["type"] == "boolean":
            assert [str(value).lower() for value in loaded] == list(written)
        else:
            assert list(loaded) == list(written)


def test_models_come_in_the_order_in_which_they_adjust():
    frame = data.load("covid-ethnicity-stepwise")
    assert (frame["model"].cat.codes + 1 == frame["model_order"]).all()


# --- names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wrong", ["life-expectancy-gap", "Life Expectancy Gaps", "life_expectancy_gaps"])
@pytest.mark.parametrize("ask", [data.load, data.card])
def test_an_unknown_name_lists_the_close_ones(ask, wrong):
    with pytest.raises(CourseError, match="did you mean life-expectancy-gaps") as refused:
        ask(wrong)
    assert wrong in str(refused.value)
    assert "covid" not in str(refused.value)


@pytest.mark.parametrize("wrong", ["", "zzzz", "../datapackage"])
def test_a_name_close_to_none_lists_all(wrong):
    with pytest.raises(CourseError) as refused:
        data.load(wrong)
    assert all(name in str(refused.value) for name in data.names())
    assert "\n" not in str(refused.value)


# --- tables that differ from their schema -----------------------------------------------------------------------


def edit(folder, name, change):
    path = folder / RESOURCES[name]["path"]
    lines = path.read_text(encoding="utf-8").splitlines()
    change(lines)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def cell(number, column, text):
    """Put a text into row `number` (header = row 1), column `column` of the gaps."""

    def change(lines):
        cells = lines[number - 1].split(",")
        cells[["period", "sex", "measure", "gap_years"].index(column)] = text
        lines[number - 1] = ",".join(cells)

    return change


def each(edit_line):
    def change(lines):
        lines[:] = [edit_line(line) for line in lines]

    return change


TAMPERED = {
    "a word for a number": (cell(5, "gap_years", "nine"), "row 5, column 'gap_years': 'nine' is not a number"),
    "empty though required": (cell(7, "gap_years", ""), "row 7, column 'gap_years': is empty"),
    "not one of the values": (cell(4, "sex", "men"), "row 4, column 'sex': 'men' is not one of: male; female"),
    "above the most": (cell(3, "gap_years", "94"), "row 3, column 'gap_years': 94 is above the most allowed, 50"),
    "below the least": (cell(3, "gap_years", "-94"), "row 3, column 'gap_years': -94 is below the least allowed"),
    "against the pattern": (cell(2, "period", "2014"), "row 2, column 'period': '2014' breaks the rule"),
    "a key twice": (
        lambda lines: lines.append(lines[1]),
        "row 24, column 'period, sex, measure': the values taken together are already in another row",
    ),
    "a column missing": (each(lambda line: line.rsplit(",", 1)[0]), "row 1: column 'gap_years' is missing"),
    "a first column missing": (each(lambda line: line.split(",", 1)[1]), "row 1: column 'period' is missing"),
    "a column too many": (each(lambda line: line + ",x"), "row 1: column 'x' is not in the schema"),
    "a column renamed": (
        lambda lines: lines.__setitem__(0, "period,sex,measure,gap"),
        "row 1: column 'gap_years' is missing and column 'gap' is not in the schema",
    ),
    "a cell too many": (
        lambda lines: lines.__setitem__(8, lines[8] + ",1"),
        "row 9: there are more cells than columns",
    ),
    "a cell too few": (lambda lines: lines.__setitem__(8, lines[8].rsplit(",", 1)[0]), "row 9: there are fewer cells"),
    "a blank row": (lambda lines: lines.insert(5, ""), "row 6: the row is empty"),
    "nothing at all": (lambda lines: lines.clear(), "row 1: the file is empty"),
}


@pytest.mark.parametrize("case", TAMPERED)
def test_a_table_that_differs_is_refused_naming_row_column_and_rule(copy, case):
    change, expected = TAMPERED[case]
    edit(copy, "life-expectancy-gaps", change)
    before = files(copy)
    with pytest.raises(CourseError) as refused:
        data.load("life-expectancy-gaps")
    said = str(refused.value)
    assert said.startswith("dataset 'life-expectancy-gaps', ")
    assert expected in said
    assert "\n" not in said
    assert files(copy) == before
    assert any(expected in line for line in data.validate(copy))
    data.load("covid-structural-context")  # the others still load


def test_more_than_one_problem_is_counted(copy):
    edit(copy, "life-expectancy-gaps", cell(5, "gap_years", "nine"))
    edit(copy, "life-expectancy-gaps", cell(6, "sex", "men"))
    with pytest.raises(CourseError, match=r"row 5, .*\(and 1 more\)"):
        data.load("life-expectancy-gaps")


def test_a_boolean_is_true_or_false(copy):
    edit(copy, "covid-ethnicity-stepwise", lambda lines: lines.__setitem__(1, lines[1].replace("true", "yes")))
    with pytest.raises(CourseError, match="row 2, column 'reference': 'yes' is not true or false"):
        data.load("covid-ethnicity-stepwise")


def test_half_a_person_is_refused(copy):
    edit(copy, "covid-structural-context", lambda lines: lines.__setitem__(1, lines[1] + ".5"))
    with pytest.raises(CourseError, match=r"row 2, column 'count': '3342067.5' is not a whole number"):
        data.load("covid-structural-context")


def test_a_table_in_another_encoding_is_refused(copy):
    path = copy / RESOURCES["life-expectancy-gaps"]["path"]
    path.write_bytes(path.read_bytes().replace(b"female", "fémale".encode("latin-1"), 1))
    with pytest.raises(CourseError, match="life-expectancy-gaps', the file is not UTF-8 text"):
        data.load("life-expectancy-gaps")


def test_a_missing_table_is_named(copy):
    (copy / RESOURCES["life-expectancy-gaps"]["path"]).unlink()
    with pytest.raises(CourseError, match=r"life-expectancy-gaps.*is missing"):
        data.load("life-expectancy-gaps")


def test_a_missing_card_is_named(copy):
    (copy / "life-expectancy-gaps" / "card.md").unlink()
    with pytest.raises(CourseError, match="has no card"):
        data.card("life-expectancy-gaps")


# --- the quick reading never says yes where frictionless says no --------------------------------------------


@every_dataset
def test_the_quick_reading_accepts_what_frictionless_accepts(name):
    with (DATASETS / RESOURCES[name]["path"]).open(encoding="utf-8", newline="") as file:
        assert quick.agrees(list(csv.reader(file)), RESOURCES[name]["schema"])
    assert problems(RESOURCES[name], DATASETS) == []


def test_a_rule_that_the_quick_reading_does_not_know_is_left_to_frictionless(copy):
    path = copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    gaps = next(resource for resource in package["resources"] if resource["name"] == "life-expectancy-gaps")
    gaps["schema"]["fields"][0]["constraints"]["maxLength"] = 8
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(CourseError, match=r"row 2, column 'period': '2014-2016' breaks the rule.*maxLength"):
        data.load("life-expectancy-gaps")


def test_a_good_table_loads_without_frictionless():
    code = (
        "import sys; from equitykit import data; [data.load(name) for name in data.names()];"
        "sys.exit('frictionless' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


# --- where the datasets are -----------------------------------------------------------------------------------


def test_the_variable_wins(copy):
    assert data.find() == copy


def test_a_clone_needs_nothing(tmp_path, monkeypatch):
    monkeypatch.delenv("EQUITYKIT_DATASETS", raising=False)
    monkeypatch.chdir(tmp_path)
    assert data.find() == DATASETS


def test_an_installed_kit_looks_upwards_from_the_working_folder(tmp_path, monkeypatch):
    monkeypatch.delenv("EQUITYKIT_DATASETS", raising=False)
    monkeypatch.setattr("equitykit.data.folder.__file__", str(tmp_path / "site-packages/equitykit/data/folder.py"))
    course, below = tmp_path / "course", tmp_path / "course" / "modules" / "01"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    with pytest.raises(CourseError, match="EQUITYKIT_DATASETS"):
        data.find()
    shutil.copytree(DATASETS, course / "datasets")
    assert data.find() == course / "datasets"
    assert len(data.load("life-expectancy-gaps")) == 22


def test_a_variable_that_points_nowhere_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("EQUITYKIT_DATASETS", str(tmp_path))
    with pytest.raises(CourseError, match=r"EQUITYKIT_DATASETS is set to .*datapackage.json"):
        data.names()


def test_read_only_files_load(copy):
    paths = [copy, *copy.rglob("*")]
    for path in paths:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        assert len(data.load("life-expectancy-gaps")) == 22
        assert data.validate() == []
    finally:
        for path in paths:
            os.chmod(path, 0o755 if path.is_dir() else 0o644)


# --- a package that is not one ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "is not valid JSON"),
        ("[]", "lists no resources"),
        ('{"resources": 3}', "lists no resources"),
        ('{"resources": [{"name": "a"}]}', "dataset a lacks title, path"),
    ],
)
@pytest.mark.parametrize("ask", [data.names, data.validate, lambda: data.load("life-expectancy-gaps")])
def test_a_broken_package_is_one_clear_line(copy, ask, text, said):
    (copy / "datapackage.json").write_text(text, encoding="utf-8")
    with pytest.raises(CourseError) as refused:
        ask()
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(("key", "what"), [("sources", "path"), ("licenses", "title")])
def test_a_dataset_whose_source_or_licence_cannot_be_shown_is_named(copy, key, what):
    path = copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    del package["resources"][1][key][0][what]
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(CourseError, match=f"dataset {package['resources'][1]['name']} lacks {key}: {what}"):
        data.load("covid-ethnicity-stepwise")


def test_a_folder_without_a_package_is_named(tmp_path):
    with pytest.raises(CourseError, match=r"datapackage\.json cannot be read"):
        data.validate(tmp_path)


def test_a_package_against_the_standard_is_refused(copy):
    path = copy / "datapackage.json"
    package = json.loads(path.read_text(encoding="utf-8"))
    package["resources"][0]["licenses"] = [{"title": "a title, and neither name nor path"}]
    path.write_text(json.dumps(package), encoding="utf-8")
    with pytest.raises(CourseError, match="is no valid data package"):
        data.validate(copy)
