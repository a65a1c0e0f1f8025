// What operators do: answer a doctor, appoint by two, let an edition out; once with JavaScript and once without.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { start as startBrowser, visitor } from './browser.mjs';
import * as helseid from './helseid.mjs';

const browser = await startBrowser();
const { portal, issuer, end } = await helseid.start();
after(async () => {
  await browser.close();
  end();
});

const at = (path) => `${portal}${path}`;
const send = (page, selector) => Promise.all([page.waitForNavigation(), page.locator(selector).first().click()]);
const says = (page) => page.locator('main [role=status]').isVisible();

for (const script of [true, false]) {
  describe(script ? 'with JavaScript' : 'without JavaScript', () => {
    let operator;
    let second;
    let doctor;
    const words = `Vikar, ${script ? 'med' : 'uten'} skript`;
    before(async () => {
      const contexts = await Promise.all([0, 1, 2].map(() => visitor(browser, { script, portal })));
      [operator, second, doctor] = await Promise.all(contexts.map((context) => context.newPage()));
      await logIn(operator, 'operator', '/operator');
      await logIn(second, 'second-operator', '/operator');
      await logIn(doctor, 'doctor', '/report/not-mine');
    });
    after(() => Promise.all([operator, second, doctor].map((page) => page.context().close())));

    test('what waits leads to where it is done', async () => {
      await operator.goto(at('/operator'));
      const links = await operator.$$eval('main .tasks a', (all) => all.map((link) => link.getAttribute('href')));
      assert.deepEqual(links, ['/operator/disputes', '/operator/appointments', '/operator/editions', '/operator/mailings', '/operator/advice', '/operator/advice#clients']);
    });

    test('a doctor flags rows, an operator answers, the doctor reads it', async () => {
      await doctor.fill('#rows', '7');
      await doctor.check('#why-locum');
      await doctor.fill('#words', words);
      await send(doctor, 'form[action="/report/not-mine"] button');
      await operator.goto(at('/operator/disputes'));
      await operator.locator('[aria-labelledby=waiting] tbody a').last().click();
      await operator.waitForSelector('#reason');
      assert.ok((await operator.textContent('main')).includes(words));
      await operator.check('#upheld');
      await operator.fill('#reason', `Rettes hos kilden: ${words}`);
      await send(operator, 'form[action^="/operator/disputes/"] button');
      assert.ok(await says(operator));
      await doctor.goto(at('/report/not-mine'));
      assert.ok((await doctor.textContent('main')).includes(`Rettes hos kilden: ${words}`));
    });

    test('one proposes, another confirms, and what is wrong is told at its field', async () => {
      const { hpr } = helseid.people().find((one) => one.id === 'doctor');
      await operator.goto(at('/operator/appointments/propose'));
      await send(operator, 'main a[href$="role=researcher"]');
      await operator.fill('#who', '12');
      await operator.fill('#reason', ' - ');
      await operator.fill('#until', '2020-01-01');
      await send(operator, 'form[action="/operator/appointments/propose"] button');
      assert.ok(await operator.locator('main [role=alert] a[href="#until"]').isVisible());
      await operator.fill('#who', hpr);
      await operator.fill('#until', await operator.inputValue('#from').then(aYearLater));
      await send(operator, 'form[action="/operator/appointments/propose"] button');
      assert.ok(await says(operator), await operator.textContent('main'));
      const row = `section[aria-labelledby=waiting] li:has-text("${hpr}") a`;
      await send(operator, row);
      assert.equal(await operator.locator('form[action$="/confirm"]').count(), 0, 'not by the one who proposed');
      await second.goto(at('/operator/appointments'));
      await send(second, row);
      await send(second, 'form[action$="/confirm"] button');
      assert.ok(await says(second));
      await send(second, `section[aria-labelledby=standing] li:has-text("${hpr}") a[href^="/operator/appointments/"]`);
      await second.locator('summary').click();
      await send(second, 'form[action$="/end"] button');
      assert.ok(await says(second));
    });

    test('an edition with a finding reaches the shelf by an answer and publication', async () => {
      await operator.goto(at('/operator/editions/2023'));
      if (await operator.locator('form[action$="/accept"]').count()) {
        await operator.locator('summary').first().click();
        await operator.locator('input[name=by]').first().fill('Kari Prøve');
        await operator.locator('input[name=reason]').first().fill('Kontaktene kom sent');
        await send(operator, 'form[action$="/accept"] button');
        assert.ok(await says(operator));
      }
      if (await operator.locator('form[action$="/publish"]').count()) await send(operator, 'form[action$="/publish"] button');
      if (await operator.locator('form[action$="/shelf"]').count()) await send(operator, 'form[action$="/shelf"] button');
      assert.equal(await operator.locator('form[action$="/take-off"]').count(), 1, 'it is on the shelf');
      await doctor.goto(at('/report'));
      assert.ok((await doctor.locator('select[name=edition] option[value="2023"]').count()) > 0, 'and can be read');
    });
  });
}

const aYearLater = (day) => `${Number(day.slice(0, 4)) + 1}${day.slice(4).replace('-02-29', '-02-28')}`;

async function logIn(page, who, path) {
  await page.goto(at(path));
  assert.ok(page.url().startsWith(issuer), `at the provider: ${page.url()}`);
  await send(page, `a[href="?persona=${who}"]`);
  assert.equal(new URL(page.url()).pathname, path);
}
