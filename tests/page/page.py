# A page of results, opened as its reader does. Arguments: the page, and what it must say, as JSON: `show --json` of the first result and of the second, of the first `--given` a condition and two, of the sweep.
import json
import re
import sys
import time
import urllib.parse

from browser import Browser

FAULTS = []
CONDITIONS = ["mean trust at 2035Q1 < 0.5", "not ceasefire by 2027Q4"]


def check(holds, what):
    if not holds:
        FAULTS.append(what)


def same(shown, wanted, what):
    check(shown == wanted, f"{what}: the page says {shown!r}, the file {wanted!r}")


def percent(share, digits=1):
    return f"{100 * share:.{digits}f} %"


def wilson(count, n, z=1.959963984540054):
    """Where p is z standard errors of itself away from the share: the roots of (count/n - p)^2 = z^2 p (1 - p) / n."""
    a, b, c = 1 + z * z / n, -(2 * count / n + z * z / n), (count / n) ** 2
    root = (b * b - 4 * a * c) ** 0.5
    return (-b - root) / (2 * a), (-b + root) / (2 * a)


def texts(browser, css):
    return [t.replace("\u00a0", " ").replace("−", "-") for t in browser.run("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent)", css)]


def table(browser, section):
    """Rows of the table under a section's chart."""
    rows = browser.run("return [...document.querySelectorAll(`#${arguments[0]} table tbody tr`)].map(r => [...r.children].map(c => c.textContent))", section)
    return [[cell.replace("\u00a0", " ").replace("−", "-") for cell in row] for row in rows]


def choose(browser, label, value):
    """In the choice of this label, as the keyboard would: the value and the event."""
    browser.run("const l = [...document.querySelectorAll('label')].find(l => l.textContent === arguments[0]), s = document.getElementById(l.htmlFor); s.value = arguments[1];"
                "if (s.value !== arguments[1]) throw new Error(`${arguments[0]} has no ${arguments[1]}`); s.dispatchEvent(new Event('change'))", label, value)
    browser.settle()


def numbers(browser, expected):
    show = expected["show"]
    title = show["title"].replace("\u2028", "\\u2028")  # which nobody could see
    same(texts(browser, "h1"), [title], "title")
    same(browser.run("return document.title"), title, "title of the window")
    check(" ".join(texts(browser, "header .answer, header .answer + p")) == show["sentence"], "the sentence is not the file's")
    for date, at in show["dates"].items():
        choose(browser, "Date", date)
        shown = {row[0]: row[2:4] for row in table(browser, "shares")}
        for kind in ("classes", "orientations"):
            for name, share in at[kind].items():
                same(shown[name.replace("_", " ")], [percent(share["share"], 2), f"{percent(share['low'], 2)} to {percent(share['high'], 2)}"], f"{name} in {date}")
    shown = {row[0]: row[2:5] for row in table(browser, "events")}
    for name, event in show["events"].items():
        same(shown[name.replace("_", " ")], [percent(event["share"], 2), f"{percent(event['low'], 2)} to {percent(event['high'], 2)}", event["median"] or "–"], name)
    points = [p for p in expected["sweep"]["outcomes"][0]["policies"][0]["at_points"]]
    same([row[2] for row in table(browser, "sweep-1")], [percent(p["estimate"]) for p in points], "points of the sweep")


def choices(browser, expected):
    choose(browser, "Compare with", "1")
    same(len(browser.run("return document.querySelectorAll('#over-time svg[viewBox]:not(.swatch)')")), 2, "charts of two scenarios")
    date = list(expected["show"]["dates"])[-1]
    choose(browser, "Date", date)
    rows = [row for row in table(browser, "shares") if row[0] == "alignment"]
    same([row[2] for row in rows], [percent(expected[which]["dates"][date]["classes"]["alignment"]["share"], 2) for which in ("show", "other")], "alignment in both")
    difference = next(row for row in table(browser, "differences") if row[0] == f"share_alignment at {date}")
    a, b = (expected[which]["dates"][date]["classes"]["alignment"]["share"] for which in ("show", "other"))
    check(abs(float(difference[3].replace("+", "")) - (b - a)) < 1e-4, f"difference of alignment: {difference}, {b - a}")
    browser.run("[...document.querySelectorAll('#over-time button')].find(b => b.textContent.startsWith('rupture')).click()")
    same(browser.run("return document.querySelector('.top').querySelectorAll('select')[2].value"), "classes:rupture", "outcome chosen by its name in the legend")
    choose(browser, "Compare with", "")


def filtering(browser, expected):
    choose(browser, "Date", "2035Q1")
    browser.run("document.getElementById('condition').value = ''")
    browser.type("#condition", CONDITIONS[0] + "\ue007")
    given, show = expected["given"], expected["show"]
    check(texts(browser, "#found")[0].startswith(f"{given['runs']} of {given['of']} futures meet it: {percent(given['share']['share'])}"), f"{texts(browser, '#found')}: the program says {given['runs']} of {given['of']}")
    low, high = wilson(given["runs"], given["of"])
    check(f"Wilson interval {percent(low)} to {percent(high)}" in texts(browser, "#found")[0], f"{texts(browser, '#found')}: by its equation {low}, {high}")
    rows = {row[0]: row[1] for row in table(browser, "filter")}
    for name, share in given["dates"]["2035Q1"]["classes"].items():
        same(rows[f"{name}, 2035Q1"], str(share["given"]["count"]), f"{name} among those")
    browser.run("document.getElementById('condition').value = ''")
    browser.type("#condition", CONDITIONS[1] + "\ue007")
    check(texts(browser, "#found")[0].startswith(f"{expected['both']['runs']} of {given['of']} futures meet all of them"), f"{texts(browser, '#found')}: the program says {expected['both']['runs']}")
    browser.run("document.getElementById('condition').value = ''")
    browser.type("#condition", "mean trst at 2035Q1 < 0.5\ue007")
    check("did you mean trust?" in texts(browser, "#filter .problem")[0], f"a slip: {texts(browser, '#filter .problem')}")
    browser.run("document.querySelector('.chips button').click()")
    same(len(texts(browser, ".chips button")), 1, "conditions after one is removed")
    browser.run("[...document.querySelectorAll('#filter button')].find(b => b.textContent === 'Remove all').click()")
    same(texts(browser, "#found"), ["No condition yet."], "after all are removed")
    # of what was drawn, as the file's numbers have it
    median = browser.run("const h = data.runs[0].heldColumns, v = [...h.parameter('kappa')].sort((a, b) => a - b), p = h.parameters.find(one => one.name === 'kappa'); return [p.low + (p.high - p.low) * v[150] / 65535, v.filter(x => x >= v[150]).length]")
    browser.run("document.getElementById('condition').value = ''")
    browser.type("#condition", f"kappa >= {median[0]}\ue007")
    check(texts(browser, "#found")[0].startswith(f"{median[1]} of 300 "), f"kappa: {texts(browser, '#found')}, {median}")
    browser.run("[...document.querySelectorAll('#filter button')].find(b => b.textContent === 'Remove all').click()")


def keyboard(browser):
    browser.run("document.querySelector('.skip').focus()")
    seen, plots = [], 0
    total = browser.run("return [...document.querySelectorAll('a, button, select, input, summary, [tabindex=\"0\"]')].filter(e => e.checkVisibility() && e.tabIndex >= 0).length")
    for _ in range(total - 1):
        browser.keys("Tab")
        what = browser.run("const e = document.activeElement, s = getComputedStyle(e); return [e.tagName, e.className, s.outlineStyle, parseFloat(s.outlineWidth), e.getAttribute('aria-valuetext'), e.getAttribute('aria-label')]")
        seen.append(what[0])
        check(what[2] != "none" and what[3] >= 2, f"no ring shows the focus on {what}")
        if what[1] == "plot":
            plots += 1
            check(bool(what[4]) and bool(what[5]), f"a chart without words: {what}")
            at_first = what[4]
            browser.keys("End", "ArrowLeft", "ArrowDown")
            reading = browser.run("return [document.activeElement.getAttribute('aria-valuetext'), document.activeElement.parentElement.querySelector('.reading').textContent]")
            check(reading[0] != at_first or browser.run("return document.activeElement.getAttribute('aria-valuemax')") == "0", f"arrows do not read {what[5]}")
            check(reading[0].split(":")[0] in reading[1], f"read to the eye and to the ear: {reading}")
    check("BODY" not in seen, f"the focus is lost on the way: {seen}")
    check(plots >= 6, f"{plots} charts are reached")
    return seen


def reading_of_a_quarter(browser, expected):
    browser.run("document.querySelector('#over-time .plot').focus()")
    browser.keys("Home")
    first = browser.run("return document.querySelector('#over-time .reading').textContent").replace("\u00a0", " ")
    check(first.startswith(expected["show"]["start"]), f"Home reads {first}")
    box = browser.run("document.querySelector('#over-time .plot').scrollIntoView({block: 'center'}); const r = document.querySelector('#over-time .plot').getBoundingClientRect(); return [r.x, r.y, r.width, r.height]")
    browser.call("POST", "/actions", {"actions": [{"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [{"type": "pointerMove", "x": int(box[0] + box[2] * 0.4), "y": int(box[1] + box[3] / 2)}]}]})
    browser.settle()
    hovered = browser.run("return document.querySelector('#over-time .reading').textContent").replace("\u00a0", " ")
    quarter = hovered[:6]
    check(quarter != first[:6], "the pointer reads nothing")
    at = browser.run("const r = data.runs[0], i = quarterNumber(arguments[0]) - r.first; return r.classes.map(c => c[i] / r.whole)", quarter)
    same(re.findall(r"\d+\.\d %", hovered), [percent(share) for share in at], f"shares in {quarter}")


LUMINANCE = """
function luminance(css) {
  const c = document.createElement('canvas').getContext('2d', {willReadFrequently: true}); c.fillStyle = css; c.fillRect(0, 0, 1, 1);
  return [...c.getImageData(0, 0, 1, 1).data].slice(0, 3).map(v => v / 255).map(v => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4).reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
}
function contrast(a, b) { const [x, y] = [luminance(a), luminance(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); }
const style = getComputedStyle(document.documentElement), v = name => style.getPropertyValue(name).trim();
return [['--ink', 4.5], ['--soft', 4.5], ['--accent', 4.5], ['--other', 4.5], ['--third', 3], ['--edge', 3], ['--focus', 3]].filter(([name, least]) => contrast(v(name), v('--page')) < least).map(([name]) => name)
"""


def looks(browser):
    backgrounds = []
    for dark in (False, True):
        browser.dark(dark)
        browser.settle()
        backgrounds.append(browser.run("return getComputedStyle(document.body).backgroundColor"))
        same(browser.run(LUMINANCE), [], f"colours without contrast, {'dark' if dark else 'light'}")
    check(backgrounds[0] != backgrounds[1], "dark and light are the same")
    for width in (1280, 700, 390, 320):
        browser.size(width, 800)
        browser.settle()
        same(browser.run("return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"), width, f"width of the page at {width}")
        clipped = browser.run("""return [...document.querySelectorAll('.plot svg')].flatMap(svg => { const b = svg.getBoundingClientRect();
            return [...svg.querySelectorAll('text')].filter(t => { const r = t.getBoundingClientRect(); return r.width && (r.left < b.left - 1 || r.right > b.right + 1 || r.bottom > b.bottom + 1 || r.top < b.top - 2); }).map(t => t.textContent); })""")
        same(clipped, [], f"labels cut off at {width}")
        touching = browser.run("""return [...document.querySelectorAll('.plot svg')].flatMap(svg => { const t = [...svg.querySelectorAll('text')].map(e => [e.textContent, e.getBoundingClientRect()]).filter(([, r]) => r.width);
            return t.flatMap(([a, p], i) => t.slice(i + 1).filter(([, q]) => p.left < q.right - 1 && q.left < p.right - 1 && p.top < q.bottom - 3 && q.top < p.bottom - 3).map(([b]) => `${a} | ${b}`)); })""")
        same(touching, [], f"labels that touch at {width}")


def main(page, expected):
    began = time.monotonic()
    with open(expected, encoding="utf-8") as file:
        expected = json.load(file)
    with Browser() as browser:
        browser.logs("performance")
        browser.open(page)
        numbers(browser, expected)
        reading_of_a_quarter(browser, expected)
        choices(browser, expected)
        filtering(browser, expected)
        keyboard(browser)
        looks(browser)
        same(browser.run("return [document.images.length, typeof obeyed, document.querySelectorAll('script').length]"), [0, "undefined", 2], "what a title may not do")
        same([entry["message"] for entry in browser.logs("browser")], [], "said on the console")
        sent = [json.loads(entry["message"])["message"] for entry in browser.logs("performance")]
        urls = {m["params"]["request"]["url"] for m in sent if m["method"] == "Network.requestWillBeSent"}
        check(len(urls) == 1 and urllib.parse.unquote(next(iter(urls))).endswith("page.html"), f"asked for: {urls}")
    print(f"{time.monotonic() - began:.1f} s")
    for fault in FAULTS:
        print(fault)
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
