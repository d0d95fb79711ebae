# A page that simulates, opened as its reader does: python3 page.py PAGE. Prints the fingerprint of each setting that it tries, and saves the page's text of it as shown-K.toml.
import os
import sys
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "page"))
from browser import Browser


def ready(browser):
    """What the page shows once it has simulated."""
    until = time.monotonic() + 300  # a machine that tests are run on may be busy
    while time.monotonic() < until:
        state = browser.run("return document.documentElement.dataset.state")
        if state == "failed":
            sys.exit(browser.run("return document.querySelector('.problem').textContent"))
        if state == "ready":
            return browser.run("return document.getElementById('fingerprint').textContent")
        time.sleep(0.05)
    sys.exit("the page is not ready after 300 s")


def move(browser, name, value):
    browser.run("const i = document.querySelector(`input[name=${arguments[0]}]`); i.value = arguments[1]; i.dispatchEvent(new Event('input'))", name, value)


with Browser(1280, 900) as browser:
    browser.open(sys.argv[1])

    def note(number):
        print(ready(browser))
        with open(f"shown-{number}.toml", "w", encoding="utf-8") as out:
            out.write(browser.run("return textOf()"))

    note(0)
    first = browser.run("return document.querySelector('.answer').textContent")
    browser.run("const s = document.querySelectorAll('.choices select')[1]; s.value = '250'; s.dispatchEvent(new Event('change'))")
    for value in (0.6, 0.8, 1):  # as a slider that is drawn: the last counts
        move(browser, "dependence", value)
    move(browser, "western_carrot", 0.8)
    note(1)
    if " as the scenario has it." not in browser.run("return document.querySelector('.answer').textContent"):
        sys.exit(f"the page does not compare with the scenario: {first}")
    browser.run("const s = [...document.querySelectorAll('#structures select')][0]; s.value = '1'; s.dispatchEvent(new Event('change'))")
    ready(browser)
    browser.run("document.querySelector('.choices select').value = '1'; document.querySelector('.choices select').dispatchEvent(new Event('change'))")
    move(browser, "taiwan_window", 0)
    note(2)
    for width in (390, 1280):
        browser.size(width, 844)
        wide = browser.run("return document.documentElement.scrollWidth")
        if wide > width:
            sys.exit(f"the page is {wide} pixels wide in a window of {width}")
    said = [line for line in browser.logs("browser") if line["level"] in ("SEVERE", "WARNING")]
    if said:
        sys.exit(f"the console says: {said}")
    asked = [line["message"] for line in browser.logs("performance") if '"Network.requestWillBeSent"' in line["message"] and '"url":"http' in line["message"]]
    if asked:
        sys.exit(f"the page asked the network: {asked}")
