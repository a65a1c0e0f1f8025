// What is asked of every page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { load, pathOf } from './packages.mjs';

await load('axe-core');
const AXE = readFileSync(pathOf('axe-core/axe.min.js'), 'utf8');

/** WCAG 2.2 AA with all that it builds upon, and what axe itself advises. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** Most bytes over the wire for one page with an empty cache. */
export const MOST_BYTES = 150_000;

/** What axe finds, a line each; `contrast` looks at colours alone. */
export async function axe(page, { contrast = false } = {}) {
  await page.evaluate(AXE);
  const options = contrast
    ? { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }
    : { runOnly: { type: 'tag', values: RULES }, rules: { 'target-size': { enabled: true } } };
  const { violations } = await page.evaluate((asked) => window.axe.run(document, { ...asked, resultTypes: ['violations'] }), options);
  return violations.flatMap((found) =>
    found.nodes.slice(0, 5).map((node) => `${found.id}: ${node.target.join(' ')}: ${node.failureSummary.replaceAll(/\s+/g, ' ')} ${node.html.slice(0, 160)}`),
  );
}

/** Whether something is wider than the screen, and what. */
export const tooWide = (page) =>
  page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const scrolls = (element) => {
      for (let at = element.parentElement; at; at = at.parentElement) {
        if (at !== document.body && at !== document.documentElement && getComputedStyle(at).overflowX !== 'visible') return true;
      }
      return false;
    };
    const wide = [...document.body.querySelectorAll('*')].filter((it) => it.getBoundingClientRect().right > room + 1 && !scrolls(it));
    return [`${document.documentElement.scrollWidth} px of ${room}`, ...wide.slice(-4).map((it) => it.outerHTML.slice(0, 120))];
  });

/** What every page has, in whatever language. */
export async function frame(page, language) {
  const told = await page.evaluate(() => ({
    lang: document.documentElement.lang,
    title: document.title,
    headings: [...document.querySelectorAll('h1')].map((it) => it.textContent.trim()),
    unsaid: document.body.innerText.match(/\b(base|login|mine|goal|report|statements)-[a-z-]+[a-z]\b/)?.[0] ?? null,
  }));
  assert.equal(told.lang, language, 'the page says which language it is in');
  assert.ok(told.title.trim().length > 3, `a title: "${told.title}"`);
  assert.equal(told.headings.length, 1, `one heading of the first level: ${JSON.stringify(told.headings)}`);
  assert.equal(told.unsaid, null, 'no key of a message instead of its words');
  return told;
}

/** Fails with a line for each fault: shorter to read than a comparison of lists. */
export function none(faults, what) {
  if (faults.length > 0) assert.fail(`${what}:\n  ${faults.slice(0, 12).join('\n  ')}${faults.length > 12 ? `\n  and ${faults.length - 12} more` : ''}`);
}
