// Pictures of every page for every persona: three widths, light and dark, and a page that shows them.
//
//   node screenshots.mjs FOLDER
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SCHEMES, open, start, visitor } from './browser.mjs';
import { crawl, pagesOf } from './crawl.mjs';
import { NOBODY, logIn, personas } from './personas.mjs';

const WIDTHS = [320, 800, 1280];
const folder = process.argv[2];
mkdirSync(folder, { recursive: true });

const browser = await start();
const seen = new Set();
const sections = [];
for (const persona of [NOBODY, ...(await personas(browser))]) {
  const visitors = [];
  for (const scheme of SCHEMES) {
    for (const width of WIDTHS) {
      const context = await visitor(browser, { scheme, size: { width, height: 900 } });
      await logIn(context, persona);
      visitors.push({ scheme, width, context });
    }
  }
  const pages = pagesOf(await crawl(visitors[0].context)).filter((page) => page.path === '/' || !seen.has(page.path));
  for (const { path } of pages) {
    if (persona === NOBODY) seen.add(path);
    const pictures = [];
    for (const { scheme, width, context } of visitors) {
      const { page } = await open(context, path);
      const file = `${nameOf(persona.id ?? 'nobody', path)}-${width}-${scheme}.png`;
      await page.screenshot({ path: join(folder, file), fullPage: true });
      await page.close();
      pictures.push(`<figure><a href="${file}"><img loading="lazy" src="${file}" alt="${width} px, ${scheme}"></a><figcaption>${width} px, ${scheme}</figcaption></figure>`);
    }
    sections.push(`<section><h2>${escaped(persona.name)}: ${escaped(path)}</h2><div>${pictures.join('')}</div></section>`);
    console.log(`${persona.name}: ${path}`);
  }
  for (const { context } of visitors) await context.close();
}
await browser.close();

const style = 'body{font:16px sans-serif;margin:1rem}div{display:flex;gap:1rem;overflow-x:auto;align-items:start}figure{margin:0}img{max-height:70vh;border:1px solid #888}';
writeFileSync(join(folder, 'index.html'), `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pages of the portal</title><style>${style}</style><h1>Pages of the portal</h1>${sections.join('\n')}</html>\n`);

function nameOf(who, path) {
  return `${who}${path}`.replaceAll(/[^a-z0-9]+/gi, '-').replaceAll(/^-|-$/g, '').slice(0, 120);
}

function escaped(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
