// The portal's own list of routes: RIKTIG_ROUTES, lines of "GET /path access file", as `riktig serve --print-routes` writes them.

export const ROUTES = (process.env.RIKTIG_ROUTES ?? '')
  .split('\n')
  .map((line) => line.trim().split(/\s+/))
  .filter((words) => words.length >= 2 && /^[A-Z]+$/.test(words[0]))
  .map(([method, path, access]) => ({ method, path, access, pattern: patternOf(path) }));

function patternOf(path) {
  const escaped = path.split('/').map((part) => (part.startsWith('{') ? '[^/]+' : part.replace(/[.*+?^$()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${escaped.join('/')}$`);
}

/** The route that answers this path; the ones without names in them first, as the router has it. */
export function routeOf(method, path) {
  const bare = path.split('?')[0];
  const fitting = ROUTES.filter((route) => route.method === method && route.pattern.test(bare));
  return fitting.sort((left, right) => left.path.split('{').length - right.path.split('{').length)[0];
}
