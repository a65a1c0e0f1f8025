// Debian's Chromium, driven by playwright-core; every page that is opened here is watched.
import { existsSync } from 'node:fs';
import { load } from './packages.mjs';

const { chromium } = await load('playwright-core').then((module) => module.default ?? module);

/** RIKTIG_PORTAL: where the demo's portal answers. */
export const PORTAL = process.env.RIKTIG_PORTAL;
if (!PORTAL) {
  console.error('RIKTIG_PORTAL is not set; `cargo xtask test --only browser` starts the demo and sets it');
  process.exit(2);
}

export const LANGUAGES = ['nb', 'nn', 'en'];
export const SCHEMES = ['light', 'dark'];
export const WIDE = { width: 1280, height: 900 };
/** 320 px: what WCAG 2.2, success criterion 1.4.10, calls the narrowest screen. */
export const NARROW = { width: 320, height: 640 };

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

export function start() {
  const executablePath = process.env.RIKTIG_CHROMIUM ?? PLACES.find((place) => existsSync(place));
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []; // Chromium has none for root
  return chromium.launch({ executablePath, args: [...sandbox, '--disable-dev-shm-usage', '--force-color-profile=srgb'] });
}

/**
 * A browser of one person: cookies of its own. `language`: nb, nn or en, as the reader chose it.
 */
export async function visitor(browser, { language = 'nb', scheme = 'light', script = true, size = WIDE, portal = PORTAL } = {}) {
  const context = await browser.newContext({
    viewport: size,
    colorScheme: scheme,
    javaScriptEnabled: script,
    reducedMotion: 'reduce',
    acceptDownloads: true,
    locale: 'de-DE', // a language that we do not have: only the choice may decide
  });
  await context.addCookies([{ name: 'language', value: language, url: portal }]);
  context.setDefaultTimeout(20_000);
  if (script) await context.addInitScript(watchFromInside);
  return context;
}

/** Runs in the page, before anything of it does. */
function watchFromInside() {
  window.__watched = { shift: 0, refused: [] };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.__watched.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  document.addEventListener('securitypolicyviolation', (event) => {
    window.__watched.refused.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`);
  });
}

/**
 * Opens a page and tells what came with it:
 * status, bytes over the wire, foreign requests, complaints of the console.
 */
export async function open(context, path, { portal = PORTAL } = {}) {
  const page = await context.newPage();
  const seen = { bytes: 0, foreign: [], complaints: [], requests: 0 };
  const wire = await context.newCDPSession(page);
  await wire.send('Network.enable');
  await wire.send('Network.setCacheDisabled', { cacheDisabled: true });
  wire.on('Network.loadingFinished', (event) => (seen.bytes += event.encodedDataLength));
  page.on('request', (request) => {
    seen.requests += 1;
    const url = new URL(request.url());
    if (url.protocol !== 'data:' && url.origin !== new URL(portal).origin) seen.foreign.push(request.url());
  });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) seen.complaints.push(message.text());
  });
  page.on('pageerror', (error) => seen.complaints.push(String(error)));
  page.on('requestfailed', (request) => seen.complaints.push(`failed: ${request.url()}`));
  const answer = await page.goto(new URL(path, portal).href, { waitUntil: 'load' });
  return { page, answer, seen };
}

/** What the page saw of itself. Two frames, so that what shifts has shifted. */
export const watched = (page) =>
  page.evaluate(
    () =>
      new Promise((done) =>
        requestAnimationFrame(() => requestAnimationFrame(() => done({ ...window.__watched }))),
      ),
  );
