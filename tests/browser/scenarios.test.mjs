// What people do, from the login at a real OpenID provider to the logout; once with JavaScript and once without.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { start as startBrowser, visitor } from './browser.mjs';
import * as helseid from './helseid.mjs';
import { ROUTES } from './routes.mjs';

const browser = await startBrowser();
const { portal, issuer, end } = await helseid.start();
after(async () => {
  await browser.close();
  end();
});

const has = (path, method = 'GET') => ROUTES.some((route) => route.path === path && route.method === method);
const routesOf = (act) => ROUTES.filter((route) => route.access === act && route.method === 'GET');
const at = (path) => `${portal}${path}`;

for (const script of [true, false]) {
  describe(script ? 'with JavaScript' : 'without JavaScript', () => {
    let doctor;
    let leader;
    const plan = `Ask for a swab first ${script ? 'with' : 'without'} script`;
    before(async () => {
      const contexts = await Promise.all([0, 1].map(() => visitor(browser, { script, portal })));
      [doctor, leader] = await Promise.all(contexts.map((context) => context.newPage()));
    });
    after(() => Promise.all([doctor, leader].map((page) => page.context().close())));

    test('a doctor who asks for the report is led to the provider and back to it', async () => {
      await logIn(doctor, 'doctor', has('/report') ? '/report' : '/');
    });

    if (has('/report')) {
      test('the report is read', async () => {
        await doctor.goto(at('/report'));
        assert.ok((await doctor.locator('main h2').count()) >= 4, 'sections');
        assert.ok((await doctor.locator('main svg[role=img]').count()) >= 1, 'a picture with words');
        assert.ok((await doctor.locator('main table').count()) >= 1, 'the same in a table');
      });
      test('another comparison is chosen without a script of ours', async () => {
        await doctor.goto(at('/report'));
        const choices = doctor.locator('select[name=against] option');
        if ((await choices.count()) < 2) return;
        const other = await choices.nth(1).getAttribute('value');
        await doctor.selectOption('select[name=against]', other);
        await send(doctor, 'form.chooser button');
        assert.equal(new URL(doctor.url()).searchParams.get('against'), other);
        assert.equal(await doctor.inputValue('select[name=against]'), other);
      });
      test('the language is switched, and the page stays the same', async () => {
        await doctor.goto(at('/report'));
        const before = await doctor.textContent('h1');
        await send(doctor, 'button[name=lang][value=en]');
        assert.equal(new URL(doctor.url()).pathname, '/report');
        assert.equal(await doctor.getAttribute('html', 'lang'), 'en');
        assert.notEqual(await doctor.textContent('h1'), before);
        await send(doctor, 'button[name=lang][value=nb]');
        assert.equal(await doctor.textContent('h1'), before);
      });
      test('the report is downloaded as PDF', async () => {
        await doctor.goto(at('/report'));
        const [download] = await Promise.all([doctor.waitForEvent('download'), doctor.click('a[href^="/report/file/pdf"]')]);
        const bytes = readFileSync(await download.path());
        assert.equal(bytes.subarray(0, 5).toString(), '%PDF-');
        assert.match(download.suggestedFilename(), /\.pdf$/);
      });
    }

    if (has('/goals/{indicator}', 'POST')) {
      test('a goal is set, kept and changed', async () => {
        await doctor.goto(at('/goals'));
        await send(doctor, 'main a[href^="/goals/"]');
        await doctor.fill('#plan', plan);
        await send(doctor, 'button[name=action][value=save]');
        assert.ok(await doctor.locator('main [role=status]').isVisible(), 'it says that it was kept');
        await doctor.goto(at('/goals'));
        assert.ok((await doctor.textContent('main')).includes(plan), 'it stands among the goals');
      });
      test('a goal that cannot be is told at its field', async () => {
        await doctor.goto(at('/goals'));
        await send(doctor, 'main a[href^="/goals/"]');
        await doctor.fill('#target', 'many');
        await send(doctor, 'button[name=action][value=save]');
        assert.ok(await doctor.locator('main [role=alert] a[href="#target"]').isVisible());
        assert.equal(await doctor.inputValue('#target'), 'many', 'what was typed is still there');
      });
    }

    if (has('/report/sharing')) {
      test('the leader reads the report while it is shared, and does not find it after', async () => {
        await logIn(leader, 'group-leader', '/');
        const before = await leadersSight(leader); // another member of the demo shares from the beginning
        await doctor.goto(at('/report/sharing'));
        await send(doctor, 'form[action="/report/sharing"] button');
        assert.ok(await doctor.locator('form[action="/report/sharing/withdraw"]').isVisible());
        const given = (await leadersSight(leader)).filter((path) => !before.includes(path));
        assert.equal(given.length, 1, 'while it is shared');
        assert.equal((await leader.goto(at(given[0]))).status(), 200, 'it is read');
        await send(doctor, 'form[action="/report/sharing/withdraw"] button');
        assert.equal(await doctor.locator('form[action="/report/sharing/withdraw"]').count(), 0);
        assert.deepEqual(await leadersSight(leader), before, 'after');
        assert.equal((await leader.goto(at(given[0]))).status(), 404, 'it is not there any more');
      });
    }

    if (routesOf('see_follow_up').length > 0) {
      test('the leader reads the follow-up of the course', async () => {
        await leader.goto(at('/courses'));
        const links = await leader.$$eval('main a', (all) => all.map((link) => link.getAttribute('href')));
        assert.ok(links.length > 0, 'courses lead on');
      });
    }

    if (has('/report/not-mine', 'POST')) {
      test('rows of somebody else are flagged, and taken back', async () => {
        await doctor.goto(at('/report/not-mine'));
        await doctor.fill('#rows', '7');
        await doctor.check('input[name=why] >> nth=0');
        await doctor.fill('#words', plan);
        await send(doctor, 'form[action="/report/not-mine"] button');
        assert.ok((await doctor.textContent('main')).includes(plan), 'it stands below');
        const open = doctor.locator('form[action$="/take-back"]');
        const before = await open.count();
        assert.ok(before > 0);
        await send(doctor, 'form[action$="/take-back"] button');
        assert.equal(await open.count(), before - 1);
      });
    }

    if (has('/log')) {
      test('the doctor reads what was done', async () => {
        await doctor.goto(at('/log'));
        assert.ok((await doctor.locator('main li, main tr').count()) > 0);
      });
    }

    test('logged out is logged out, here and at the provider', async () => {
      await doctor.goto(at('/about'));
      await send(doctor, 'form[action="/logout"] button');
      if (doctor.url().startsWith(issuer)) await send(doctor, 'button[name=logout]');
      await doctor.goto(at('/about'));
      assert.equal(await doctor.locator('form[action="/logout"]').count(), 0);
      if (has('/report')) {
        await doctor.goto(at('/report'));
        assert.ok(doctor.url().startsWith(issuer), 'the report asks who it is');
      }
    });
  });
}

/** From a page of ours to the provider, and back to the page. */
async function logIn(page, who, path) {
  await page.goto(at(path === '/' ? '/login' : path));
  assert.ok(page.url().startsWith(issuer), `at the provider: ${page.url()}`);
  await send(page, `a[href="?persona=${who}"]`);
  assert.equal(new URL(page.url()).origin, portal, 'back with us');
  if (path !== '/') assert.equal(new URL(page.url()).pathname, path);
  await page.goto(at('/about'));
  assert.equal(await page.locator('form[action="/logout"]').count(), 1, 'somebody is logged in');
}

const send = (page, selector) => Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);

/** Where the leader's page leads to reports of members. */
async function leadersSight(page) {
  await page.goto(at('/group'));
  return page.$$eval('main a[href*="/shared/"]', (all) => all.map((link) => link.getAttribute('href')));
}
