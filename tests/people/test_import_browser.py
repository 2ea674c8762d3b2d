"""Importing in a real browser: a list by hand on a phone, a zip with a stop on a desk; every page accessible."""

import pytest
from playwright.sync_api import expect

from tests.browser import axe, sign_in
from tests.people.files import UK, folder_zip

LIST = "Adno,UPN,Surname,Forename,Year,Reg,SEN\n91,,Bell,Nia,8,8H,K\n92,,Bond,Omar,8,8H,\n1.2E+11,,Cole,Pia,8,8H,\n"


@pytest.mark.browser
@pytest.mark.parametrize("page", [390], indirect=True)
def test_a_technician_brings_in_a_list(page, live, cast, tmp_path):
    file = tmp_path / "pupils.csv"
    file.write_text(LIST)
    sign_in(page, cast.technician)
    page.goto(live + "/people/import/")
    axe(page)
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Open the file").click()
    axe(page)
    page.get_by_label("Some of them").check()
    page.get_by_role("button", name="Show what would change").click()
    axe(page)
    page.get_by_role("link", name="Set aside 1").click()
    expect(page.get_by_text("shortened by a spreadsheet")).to_be_visible()
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_role("heading", name="Imported", exact=True)).to_be_visible()
    axe(page)
    page.get_by_role("link", name="See everyone").click()
    axe(page)
    page.get_by_label("Name").fill("nia")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("link", name="Nia Bell").click()
    expect(page.get_by_text("8H")).to_be_visible()


@pytest.mark.browser
def test_a_head_is_stopped_and_asked(page, live, cast, tmp_path):
    file = tmp_path / "uk.zip"
    file.write_bytes(folder_zip(UK))
    sign_in(page, cast.head)
    page.goto(live + "/people/import/")
    page.set_input_files("input[type=file]", str(file))
    page.get_by_role("button", name="Open the file").click()
    axe(page)
    page.get_by_label("Contoso High School").check()
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_text("24 of 24 pupils (100 %) would leave.")).to_be_visible()
    axe(page)
    page.get_by_label("type how many people leave").fill("25")
    page.get_by_role("button", name="Import now").click()
    expect(page.get_by_role("heading", name="Who left")).to_be_visible()
    axe(page)
    page.goto(live + "/people/groups/")
    axe(page)
    page.get_by_role("link", name="Health 1").click()
    axe(page)
