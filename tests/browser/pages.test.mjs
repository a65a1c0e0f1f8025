// Every page of every person: axe in every language, light and dark; narrow; without JavaScript; weight, shift, policy.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LANGUAGES, NARROW, open, start, visitor, watched } from './browser.mjs';
import { LEFT_OUT, crawl, pagesOf } from './crawl.mjs';
import { MOST_BYTES, axe, frame, none, tooWide } from './judge.mjs';
import { NOBODY, logIn, personas } from './personas.mjs';
import { ROUTES } from './routes.mjs';

const browser = await start();
const people = [NOBODY, ...(await personas(browser))];
const found = new Map();
for (const persona of people) {
  const context = await visitor(browser);
  await logIn(context, persona);
  found.set(persona, await crawl(context));
  await context.close();
}
/** A page that anybody sees is looked at as nobody only. */
const forAnybody = new Set(pagesOf(found.get(NOBODY)).map((page) => page.path));
const pagesFor = (persona) => pagesOf(found.get(persona)).filter((page) => persona === NOBODY || page.path === '/' || !forAnybody.has(page.path));
/**
 * Of pages that are alike, the first is looked at in every language, narrow and without a script; with RIKTIG_FULL all are. The
 * others are the same page with other numbers, and are looked at in bokmål.
 */
const first = new Map();
for (const persona of people) {
  for (const page of pagesFor(persona)) if (!first.has(page.like)) first.set(page.like, page);
}
const looksClosely = (page) => Boolean(process.env.RIKTIG_FULL) || first.get(page.like) === page;

after(() => browser.close());

test('every route that can be read is found by following links', () => {
  const seen = new Set([...found.values()].flat().map((page) => page.route));
  const missed = ROUTES.filter((route) => route.method === 'GET' && !LEFT_OUT.has(route.path) && !route.path.startsWith('/assets/') && !seen.has(route.path));
  none(missed.map((route) => route.path), 'nothing links to');
});

test('no link leads to nowhere', () => {
  const broken = [...found].flatMap(([persona, pages]) =>
    pages.filter((page) => page.status >= 400 && !(page.route && isAskedByName(page))).map((page) => `${persona.name}: ${page.path} ${page.status}`),
  );
  none(broken, 'broken links');
});

/** The crawl asks every route of the table; that a person may not is no broken link. */
function isAskedByName(page) {
  return page.path === page.route && [403, 404].includes(page.status);
}

/** People whose pages are looked at side by side: one page waits for the portal or for a frame while the other is judged. */
const AT_ONCE = 2;

describe('every page', { concurrency: AT_ONCE }, () => {
  for (const persona of people) describe(persona.name, { concurrency: 1 }, () => everyPageOf(persona));
});

function everyPageOf(persona) {
  let visitors;
  before(async () => {
    visitors = await everyVisitor(persona);
  });
  after(async () => {
    for (const context of visitors.values()) await context.close();
  });
  for (const page of pagesFor(persona)) {
    const { path } = page;
    const closely = looksClosely(page);
    for (const language of closely ? LANGUAGES : LANGUAGES.slice(0, 1)) {
      test(`${path} in ${language}: axe finds nothing`, () => accessible(visitors, path, language));
    }
    if (!closely) continue;
    test(`${path} is light, still, our own and fits a narrow screen`, () => light(visitors, path));
    test(`${path} says the same without JavaScript`, () => scriptless(visitors, path));
  }
}

/** One browser per language, one narrow, one without script; all logged in. */
async function everyVisitor(persona) {
  const wishes = new Map([
    ...LANGUAGES.map((language) => [language, { language }]),
    ['narrow', { size: NARROW }],
    ['scriptless', { script: false }],
  ]);
  const visitors = new Map();
  for (const [name, wish] of wishes) {
    const context = await visitor(browser, wish);
    await logIn(context, persona);
    visitors.set(name, context);
  }
  return visitors;
}

async function accessible(visitors, path, language) {
  const { page } = await open(visitors.get(language), path);
  await frame(page, language);
  const faults = (await axe(page)).map((fault) => `light: ${fault}`);
  if (language === LANGUAGES[0]) {
    await page.emulateMedia({ colorScheme: 'dark' }); // all but the colours is the same in the dark, and in every language
    faults.push(...(await axe(page, { contrast: true })).map((fault) => `dark: ${fault}`));
  }
  await page.close();
  none(faults, 'axe finds');
}

async function light(visitors, path) {
  const wide = await open(visitors.get('nb'), path);
  const { shift, refused } = await watched(wide.page);
  await wide.page.close();
  none(wide.seen.foreign, 'nothing is asked of others');
  none(wide.seen.complaints, 'the console is silent');
  none(refused, 'the content security policy refuses nothing');
  assert.equal(shift, 0, 'nothing moves after it was shown');
  assert.ok(wide.seen.bytes < MOST_BYTES, `${wide.seen.bytes} bytes in ${wide.seen.requests} requests`);
  const narrow = await open(visitors.get('narrow'), path);
  const wider = await tooWide(narrow.page);
  const moved = (await watched(narrow.page)).shift;
  await narrow.page.close();
  none(wider, 'no scrolling sideways at 320 px');
  assert.equal(moved, 0, 'nothing moves on a narrow screen either');
}

/** The words are there, and nothing that can be pressed is dead. */
async function scriptless(visitors, path) {
  const told = [];
  for (const name of ['nb', 'scriptless']) {
    const { page } = await open(visitors.get(name), path);
    told.push(
      await page.evaluate(() => ({
        heading: document.querySelector('h1')?.textContent.trim(),
        words: document.querySelector('main').textContent.replaceAll(/\s+/g, ' ').trim().length,
        dead: [...document.querySelectorAll('button[type=button], form:not(:has(button, input[type=submit]))')]
          .filter((it) => it.checkVisibility())
          .map((it) => it.outerHTML.slice(0, 120)),
      })),
    );
    await page.close();
  }
  const [scripted, plain] = told;
  assert.equal(plain.heading, scripted.heading);
  assert.ok(Math.abs(plain.words - scripted.words) <= scripted.words / 20, `${plain.words} of ${scripted.words} letters`);
  none(plain.dead, 'nothing that needs a script is shown without it');
}
