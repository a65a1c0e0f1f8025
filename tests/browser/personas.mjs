// The invented people of the demo, as its login page offers them.
import { PORTAL, visitor } from './browser.mjs';

/** Nobody is logged in: the start of everybody's visit. */
export const NOBODY = { id: null, name: 'nobody' };

/** Who can log in. */
export async function personas(browser) {
  const context = await visitor(browser);
  const page = await context.newPage();
  await page.goto(`${PORTAL}/login`);
  const people = await page.$$eval('button[name=persona]', (buttons) =>
    buttons.map((button) => ({ id: button.value, name: button.querySelector('strong')?.textContent ?? button.value })),
  );
  await context.close();
  if (people.length === 0) throw new Error('the login page of the demo offers nobody');
  return people;
}

/** Logs in on the demo's login page; nobody stays nobody. */
export async function logIn(context, persona) {
  if (persona.id === null) return;
  const page = await context.newPage();
  await page.goto(`${PORTAL}/login`);
  await Promise.all([page.waitForNavigation(), page.click(`button[name=persona][value="${persona.id}"]`)]);
  await page.close();
}
