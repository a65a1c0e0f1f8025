// Which pages there are: found by following links from the first page, so that a new page cannot be forgotten.
import { PORTAL } from './browser.mjs';
import { ROUTES, routeOf } from './routes.mjs';

/** Addresses of one route that are looked at: the same page with other numbers is the same page. */
const OF_A_ROUTE = 2;
const MOST = 400;

/**
 * Every page that this person reaches: `{ path, route, like, kind, status }`, sorted by route; `like` is alike in pages that are.
 *
 * Starts at `/`, at every route without names in it that answers, and follows every link. Two addresses count as alike
 * when route and names of their query are.
 */
export async function crawl(context) {
  const waiting = [...new Set(['/', ...ROUTES.filter((route) => route.method === 'GET' && !route.path.includes('{')).map((route) => route.path)])];
  const known = new Set(waiting);
  const alike = new Map();
  const found = [];
  while (waiting.length > 0 && found.length < MOST) {
    const path = waiting.shift();
    const route = routeOf('GET', path);
    if (route && (LEFT_OUT.has(route.path) || route.path.startsWith('/assets/'))) continue;
    const likeness = `${route?.path ?? path} ${[...new URL(path, PORTAL).searchParams.keys()].sort().join(' ')}`;
    const before = alike.get(likeness) ?? 0;
    if (before >= OF_A_ROUTE) continue;
    alike.set(likeness, before + 1);
    const answer = await context.request.get(new URL(path, PORTAL).href, { maxRedirects: 0 });
    const status = answer.status();
    const kind = (answer.headers()['content-type'] ?? '').split(';')[0];
    if (status >= 300 && status < 400) {
      const to = answer.headers().location ?? '';
      if (!to.startsWith('/login')) enqueue(to); // to the login: not this person's page
      continue;
    }
    found.push({ path, route: route?.path ?? null, like: likeness, kind, status });
    if (kind !== 'text/html') continue;
    for (const link of linksOf(await answer.text())) enqueue(link, path);
  }
  return found.sort((left, right) => (left.route ?? '').localeCompare(right.route ?? '') || left.path.localeCompare(right.path));

  function enqueue(link, from = '/') {
    if (!link) return;
    const url = new URL(link, new URL(from, PORTAL));
    const path = url.pathname + url.search;
    if (url.origin !== new URL(PORTAL).origin || known.has(path)) return;
    known.add(path);
    waiting.push(path);
  }
}

/** Answers for machines, and ways that lead elsewhere: no pages. */
export const LEFT_OUT = new Set(['/health/live', '/health/ready', '/login/callback', '/metrics']);

function linksOf(html) {
  const links = [...html.matchAll(/<a\b[^>]*?\shref="([^"]*)"/g)].map((match) => match[1].replaceAll('&amp;', '&').replaceAll('&#38;', '&'));
  return links.filter((link) => link !== '' && !link.startsWith('#') && !/^(mailto|tel):/.test(link));
}

/** The pages of a crawl that are pages: HTML that was there. */
export const pagesOf = (found) => found.filter((it) => it.kind === 'text/html' && it.status === 200);
