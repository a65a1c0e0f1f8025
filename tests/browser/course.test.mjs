// What a course does: the leader makes one, enrols the group, notes attendance, reads the follow-up; a doctor takes the last
// test and downloads the certificate.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, describe, test } from 'node:test';
import { PORTAL, start, visitor } from './browser.mjs';
import { axe } from './judge.mjs';
import { logIn } from './personas.mjs';

const browser = await start();
after(() => browser.close());

const at = (path) => new URL(path, PORTAL).href;
const send = (page, selector) => Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);

async function as(who, script) {
  const context = await visitor(browser, { script });
  await logIn(context, { id: who });
  return context.newPage();
}

for (const script of [true, false]) {
  describe(script ? 'with JavaScript' : 'without JavaScript', () => {
    test('the leader makes a course, is told what is wrong with it, and notes who was there', async () => {
      const leader = await as('group-leader', script);
      const title = `Course ${script ? 'with' : 'without'} script ${Date.now()}`;
      await leader.goto(at('/courses'));
      await send(leader, 'form[action="/courses"] button');
      assert.ok(await leader.locator('main [role=alert] a[href="#title"]').isVisible());
      await leader.fill('#title', title);
      for (const [number, day] of [[1, '2024-09-03'], [2, '2024-10-01'], [3, '2024-11-05']]) {
        await leader.fill(`#day${number}`, day);
        await leader.fill(`#place${number}`, 'Nordvik');
      }
      await send(leader, 'form[action="/courses"] button');
      assert.equal(await leader.textContent('h1'), title);
      assert.ok(!/\b\d{7,9}\b/.test(new URL(leader.url()).pathname), 'no number in the address');
      await send(leader, 'button[value=whole-group]');
      // A leader who takes part has no field in their own row.
      const rows = leader.locator('table.attendance tbody tr', { has: leader.locator('select') });
      assert.ok((await rows.count()) > 0, 'the group is enrolled');
      await rows.first().locator('select').first().selectOption('there');
      await send(leader, 'form[action$="/attendance"] button');
      assert.ok(await leader.locator('main [role=status]').isVisible());
      assert.equal(await rows.first().locator('select').first().inputValue(), 'there');
      await leader.context().close();
    });

    test('a change of another window is told, and what was typed is still there', async () => {
      const leader = await as('group-leader', script);
      const other = await leader.context().newPage();
      await leader.goto(at('/courses'));
      const path = await leader.getAttribute('main .lines a', 'href');
      for (const page of [leader, other]) await page.goto(at(`${path}/meetings`));
      await leader.fill('#place3', 'Rådhuset');
      await send(leader, 'form[action$="/meetings"] button');
      await other.fill('#place3', 'Biblioteket');
      await send(other, 'form[action$="/meetings"] button');
      assert.ok((await other.textContent('main [role=alert]')).includes('Rådhuset'));
      assert.equal(await other.inputValue('#place3'), 'Biblioteket');
      await leader.context().close();
    });

    test('the follow-up of the planted course is read, or says why it cannot be told', async () => {
      const leader = await as('group-leader', script);
      await leader.goto(at('/courses'));
      const paths = await leader.$$eval('main .lines a', (all) => all.map((link) => link.getAttribute('href')));
      await leader.goto(at(`${paths.at(-1)}/follow-up`));
      assert.ok((await leader.textContent('main')).includes('14. desember 2023'));
      const told = await leader.locator('main .report h2').count();
      const cannot = await leader.locator('main .notice').count();
      assert.ok(told + cannot > 0, 'an answer or a reason');
      await leader.context().close();
    });

    test('the doctor sees what is missing, fails the last test, passes it and downloads the certificate', async () => {
      const doctor = await as('doctor', script);
      const planted = await oldest(doctor);
      await doctor.goto(at(planted));
      // The first time it is not there yet; then it is a file and no page.
      if ((await doctor.locator('a[href$="/certificate"][download]').count()) === 0) {
        await doctor.goto(at(`${planted}/certificate`));
        assert.equal(await doctor.locator('main .ds-list li').count(), 1, 'one test is left');
        if (script) assert.deepEqual(await axe(doctor), [], 'what is missing is accessible');
        await doctor.goto(at(`${planted}/module/choice`));
        await send(doctor, 'form.questions button');
        assert.ok(await doctor.locator('main [role=alert]').isVisible(), 'unanswered questions are told');
        await take(doctor, [0, 0, 0, 0, 0]);
        assert.ok((await doctor.locator('.answers .wrong').count()) > 0);
        await send(doctor, 'main .row a.ds-button');
        await take(doctor, [1, 0, 2, 1, 2]);
        assert.equal(await doctor.locator('.answers .wrong').count(), 0);
      }
      await doctor.goto(at(planted));
      const [download] = await Promise.all([doctor.waitForEvent('download'), doctor.click('a[href$="/certificate"][download]')]);
      assert.equal(readFileSync(await download.path()).subarray(0, 5).toString(), '%PDF-');
      assert.equal(download.suggestedFilename(), 'kursbevis.pdf');
      await doctor.context().close();
    });
  });
}

/** The planted course: the one that was made first stands last. */
async function oldest(doctor) {
  await doctor.goto(at('/learning'));
  return (await doctor.$$eval('main .cards a', (all) => all.map((link) => link.getAttribute('href')))).at(-1);
}

async function take(page, answers) {
  const questions = await page.locator('form.questions fieldset').all();
  for (const [number, question] of questions.entries()) await question.locator('input').nth(answers[number]).check();
  await send(page, 'form.questions button');
  assert.ok(await page.locator('main [role=status]').isVisible(), 'the result is told at once');
}
