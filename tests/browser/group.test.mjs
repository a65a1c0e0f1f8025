// What a group does: a doctor shares, the leader reads, the doctor takes it back; the leader keeps the roster; the guide is printed.
import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { PORTAL, start, visitor } from './browser.mjs';
import { logIn } from './personas.mjs';
import * as helseid from './helseid.mjs';

const browser = await start();
after(() => browser.close());

const at = (path) => new URL(path, PORTAL).href;
const send = (page, selector) => Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
const shared = (page) => page.$$eval('main a[href*="/shared/"]', (all) => all.map((link) => link.getAttribute('href')));

for (const script of [true, false]) {
  describe(script ? 'with JavaScript' : 'without JavaScript', () => {
    test('a doctor shares, the leader reads, the doctor takes it back, and the leader finds nothing', async () => {
      const [doctor, leader] = await Promise.all(['doctor', 'group-leader'].map((who) => as(who, script)));
      await leader.goto(at('/group'));
      const before = await shared(leader);

      await doctor.goto(at('/report/sharing'));
      await send(doctor, 'form[action="/report/sharing"] button');
      await leader.goto(at('/group'));
      const given = (await shared(leader)).filter((path) => !before.includes(path));
      assert.equal(given.length, 1, 'one more than before');

      await send(leader, `main a[href="${given[0]}"]`);
      assert.equal(await leader.locator('main h1').count(), 1);
      assert.ok((await leader.locator('main svg[role=img]').count()) >= 1, 'the report with its charts');
      assert.equal(await leader.locator('main a[href^="/goals"], main a[href^="/report"]').count(), 0, 'nothing of the doctor\'s own pages');
      assert.ok(!/HPR|\b\d{7,9}\b/.test(new URL(leader.url()).pathname), 'no number in the address');
      const log = await read(doctor, '/log');
      assert.ok(log.includes('Åpnet en rapport som er delt'), 'the doctor sees that it was read');

      await doctor.goto(at('/report/sharing'));
      await send(doctor, 'form[action="/report/sharing/withdraw"] button');
      const answer = await leader.goto(at(given[0]));
      assert.equal(answer.status(), 404, 'taken back');
      await leader.goto(at('/group'));
      assert.deepEqual(await shared(leader), before);
      await Promise.all([doctor, leader].map((page) => page.context().close()));
    });

    test('the leader enrols a doctor, is told what cannot be, and takes the doctor out', async () => {
      const leader = await as('group-leader', script);
      await leader.goto(at('/group'));
      await send(leader, 'main a[href$="/roster"]');
      await leader.fill('#hpr', '12');
      await send(leader, 'form[action$="/roster"] button');
      assert.ok(await leader.locator('main [role=alert] a[href="#hpr"]').isVisible());
      assert.equal(await leader.inputValue('#hpr'), '12', 'what was typed is still there');
      await leader.fill('#hpr', '9 999 998');
      await send(leader, 'form[action$="/roster"] button');
      assert.ok(await leader.locator('main [role=alert] a[href="#hpr"]').isVisible(), 'nobody has this number');
      const known = String(helseid.people().find((one) => one.id === 'duty-leader').hpr);
      await leader.fill('#hpr', known);
      await send(leader, 'form[action$="/roster"] button');
      assert.ok(await leader.locator('main [role=status]').isVisible());
      const row = leader.locator('tr', { hasText: known });
      assert.equal(await row.count(), 1);
      await row.locator('summary').click();
      await Promise.all([leader.waitForNavigation(), row.locator('button').click()]);
      assert.equal(await leader.locator('tr', { hasText: known }).count(), 0);
      await leader.context().close();
    });

    test('a member looks at the dots and prints the guide on two sheets', async () => {
      const doctor = await as('doctor', script);
      await doctor.goto(at('/group'));
      assert.ok((await doctor.locator('main article').count()) >= 3, 'numbers');
      assert.equal(await doctor.locator('main a[href*="/shared/"], main a[href$="/roster"]').count(), 0, 'the leader\'s matters are the leader\'s');
      await send(doctor, 'main a[href*="/guide"]');
      assert.equal(await doctor.locator('main ol.questions li').count(), 3);
      const paper = (await doctor.pdf({ preferCSSPageSize: true })).toString('latin1');
      assert.equal(paper.match(/\/Type\s*\/Page\b/g)?.length, 2, 'two sheets');
      await doctor.context().close();
    });
  });
}

test('the leader of a service sees its figures and reads what is shared', async () => {
  const leader = await as('duty-leader', true);
  await leader.goto(at('/group'));
  assert.match(new URL(leader.url()).pathname, /^\/service\//);
  const [path] = await shared(leader);
  const answer = await leader.goto(at(path));
  assert.equal(answer.status(), 200);
  await leader.context().close();
});

async function as(who, script) {
  const context = await visitor(browser, { script });
  await logIn(context, { id: who });
  return context.newPage();
}

async function read(page, path) {
  await page.goto(at(path));
  return page.textContent('main');
}
