// Every page with the keyboard alone: the way to the content first, then everything in order, always visible, never caught.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { open, start, visitor } from './browser.mjs';
import { crawl, pagesOf } from './crawl.mjs';
import { none } from './judge.mjs';
import { NOBODY, logIn, personas } from './personas.mjs';

const MOST_STOPS = 400;
const browser = await start();
after(() => browser.close());

// One address of each route: the order of a page does not depend on its numbers. All are found before the first is walked.
const walked = new Set();
const walks = [];
for (const persona of [NOBODY, ...(await personas(browser))]) {
  const context = await visitor(browser);
  await logIn(context, persona);
  const mine = pagesOf(await crawl(context)).filter(({ path, route }) => !walked.has(route ?? path) && walked.add(route ?? path));
  walks.push({ persona, context, paths: mine.map((page) => page.path) });
}

for (const { persona, context, paths } of walks.filter((it) => it.paths.length > 0)) {
  describe(persona.name, () => {
    after(() => context.close());
    for (const path of paths) test(`${path} can be walked with the keyboard`, () => walk(context, path));
  });
}

async function walk(context, path) {
  const { page } = await open(context, path);
  await page.keyboard.press('Tab');
  const first = await here(page);
  assert.equal(first?.href, '#main', 'the first stop leads to the content');
  none(first.faults, 'the first stop');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main', 'the content has the focus');

  await page.goto(page.url().split('#')[0]);
  const faults = [];
  let stops = 0;
  let last = null;
  for (; stops < MOST_STOPS; stops += 1) {
    await page.keyboard.press('Tab');
    const stop = await here(page);
    if (!stop || stop.again) break; // out of the page, or round it
    faults.push(...stop.faults);
    if (stop.inside) stops -= 1;
    last = stop;
  }
  const expected = await reachable(page);
  await page.close();
  none(faults, 'walking with the keyboard');
  assert.ok(stops < MOST_STOPS, `caught at ${last?.what}`);
  assert.ok(stops >= expected, `${stops} of ${expected} places reached, the last is ${last?.what}`);
}

/** Where the focus is, and what is wrong with it there. */
function here(page) {
  return page.evaluate(() => {
    const at = document.activeElement;
    if (!at || at === document.body || at === document.documentElement) return null;
    const before = window.__focused;
    // A field for a date has stops of its own: day, month, year, and a button. More would be a trap.
    window.__inside = at === before && at.type === 'date' ? window.__inside + 1 : 0;
    const inside = window.__inside > 0 && window.__inside < 4;
    const again = at.hasAttribute('data-walked') && !inside;
    at.setAttribute('data-walked', '');
    window.__focused = at;
    const what = at.outerHTML.slice(0, 120);
    const faults = [];
    if (before && !again && !inside && !(before.compareDocumentPosition(at) & Node.DOCUMENT_POSITION_FOLLOWING)) faults.push(`out of order: ${what}`);
    const box = at.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) faults.push(`without a size: ${what}`);
    if (box.bottom <= 0 || box.top >= innerHeight) faults.push(`off the screen: ${what}`);
    const marked = [at, at.parentElement, at.closest('label'), at.nextElementSibling].some((it) => {
      if (!it) return false;
      const style = getComputedStyle(it);
      return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none';
    });
    if (!marked) faults.push(`not seen: ${what}`);
    return { href: at.getAttribute('href'), what, faults, again, inside };
  });
}

/** How many places the keyboard must reach: what can be used and is shown; of radio buttons of one name, one. */
function reachable(page) {
  return page.evaluate(() => {
    const groups = new Set();
    return [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary')].filter((it) => {
      if (!it.checkVisibility({ visibilityProperty: true }) || it.disabled || it.tabIndex < 0) return false;
      if (it.type !== 'radio') return true;
      const name = `${it.form?.action} ${it.name}`;
      return !groups.has(name) && groups.add(name);
    }).length;
  });
}
