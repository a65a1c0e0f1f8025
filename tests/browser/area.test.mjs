// What those do who look at many: a chief doctor compares municipalities, an operator looks at uptake, a researcher takes the
// published tables home. Once with JavaScript and once without.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { start, visitor } from './browser.mjs';
import { logIn } from './personas.mjs';

const browser = await start();
after(() => browser.close());

for (const script of [true, false]) {
  describe(script ? 'with JavaScript' : 'without JavaScript', () => {
    const pages = {};
    before(async () => {
      for (const id of ['chief-doctor', 'operator', 'researcher']) {
        const context = await visitor(browser, { script });
        await logIn(context, { id });
        pages[id] = await context.newPage();
      }
    });
    after(() => Promise.all(Object.values(pages).map((page) => page.context().close())));

    test('the chief doctor finds the own municipality marked among those of the county', async () => {
      const page = pages['chief-doctor'];
      await page.goto(`${at()}/area`);
      const name = await page.textContent('h1');
      const own = await page.textContent('table.beside tr.own th, .untold em');
      assert.ok(own.length > 0, 'the own one is marked, or said to have no figure');
      assert.ok(name.length > 0);
    });

    test('another measure is chosen without a script of ours, and the file holds what the page shows', async () => {
      const page = pages['chief-doctor'];
      await page.goto(`${at()}/area`);
      const other = await page.locator('#indicator option').last().getAttribute('value');
      await page.selectOption('#indicator', other);
      await Promise.all([page.waitForNavigation(), page.click('form.chooser button')]);
      assert.equal(new URL(page.url()).searchParams.get('indicator'), other);
      assert.equal(await page.inputValue('#indicator'), other);
      const rows = await page.locator('table.beside tbody tr').count();
      const [download] = await Promise.all([page.waitForEvent('download'), page.click('a[href*="figures.csv"]')]);
      const lines = readFileSync(await download.path(), 'utf8').trim().split('\r\n');
      const column = lines[0].split(';').indexOf('indicator');
      const told = lines.slice(1).filter((line) => line.split(';')[column] === other);
      assert.ok(told.length >= rows, `${told.length} rows of ${other} for ${rows} bars`);
    });

    test('an operator goes from the country to a county and to a municipality', async () => {
      const page = pages.operator;
      await page.goto(`${at()}/area`);
      await Promise.all([page.waitForNavigation(), page.locator('table.beside th a').first().click()]);
      assert.match(new URL(page.url()).pathname, /^\/area\/county\/\d\d$/);
      const parts = page.locator('table.beside th a');
      if ((await parts.count()) === 0) return;
      await Promise.all([page.waitForNavigation(), parts.first().click()]);
      assert.match(new URL(page.url()).pathname, /^\/area\/municipality\/\d{4}$/);
    });

    test('an operator sees how many have fetched their report, and what a course changed', async () => {
      const page = pages.operator;
      await page.goto(`${at()}/uptake`);
      assert.match(await page.textContent('.first'), /\d+\s% av \d+/);
      assert.ok((await page.locator('.goal').count()) > 1, 'the goal is a line');
      await Promise.all([page.waitForNavigation(), page.click('a[href="/uptake/courses"]')]);
      const said = (await page.locator('.report table, .report h2, .notice').count()) > 0;
      assert.ok(said, 'an effect, or why there is none');
    });

    test('a researcher takes a published table home as it is', async () => {
      const page = pages.researcher;
      await page.goto(`${at()}/research`);
      await Promise.all([page.waitForNavigation(), page.locator('table th a').first().click()]);
      for (const [name, begins] of [['published.parquet', 'PAR1'], ['published.csv', 'scope;kind']]) {
        const [download] = await Promise.all([page.waitForEvent('download'), page.click(`a[href$="/file/${name}"]`)]);
        const bytes = readFileSync(await download.path());
        assert.equal(bytes.subarray(0, begins.length).toString(), begins);
      }
    });
  });
}

function at() {
  return process.env.RIKTIG_PORTAL;
}
