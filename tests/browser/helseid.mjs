// A portal that people log in to as in earnest: `riktig serve` on the demo's data, and a real OpenID provider with HelseID's demands.
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newEc, publicPart } from './keys.mjs';

const DEMO = process.env.RIKTIG_DEMO ?? '';
const BINARY = process.env.RIKTIG_BINARY ?? '';

/** Who can be in the demo: `{ id, name, pid, hpr }`, as the demo wrote them down. */
export const people = () => JSON.parse(readFileSync(join(DEMO, 'people.json'), 'utf8'));

/** Starts both. `{ portal, end }`; the journal is a copy, so that the demo's own stays as it is. */
export async function start() {
  const folder = mkdtempSync(join(tmpdir(), 'riktig-helseid-'));
  for (const file of ['journal.db', 'journal.db-wal', 'journal.keys']) {
    if (existsSync(join(DEMO, file))) cpSync(join(DEMO, file), join(folder, file));
  }
  const portal = `http://127.0.0.1:${await freePort()}`;
  const key = newEc();
  const named = { alg: 'ES256', kid: 'portal key', use: 'sig' };
  writeFileSync(join(folder, 'login.jwk'), JSON.stringify({ ...key, ...named }), { mode: 0o600 });
  const provider = child(process.execPath, [fileURLToPath(new URL('provider.mjs', import.meta.url)), JSON.stringify({
    client_id: 'riktig',
    jwks: { keys: [{ ...publicPart(key), ...named }] },
    redirect_uris: [`${portal}/login/callback`],
    post_logout_redirect_uris: [`${portal}/`],
    personas: people().map((one) => ({ hint: one.id, pid: one.pid, hpr: one.hpr ?? undefined })),
  })]);
  const { issuer } = JSON.parse(await firstLine(provider));
  const server = child(BINARY, ['serve'], {
    RIKTIG_SERVER__LISTEN: new URL(portal).host,
    RIKTIG_SERVER__PUBLIC_URL: portal,
    RIKTIG_JOURNAL__URL: `sqlite:${join(folder, 'journal.db')}`,
    RIKTIG_JOURNAL__KEYS_FILE: join(folder, 'journal.keys'),
    RIKTIG_EDITIONS__FOLDER: DEMO,
    RIKTIG_EDITIONS__SYNTHETIC: 'true',
    RIKTIG_LOGIN__ISSUER: issuer,
    RIKTIG_LOGIN__CLIENT_ID: 'riktig',
    RIKTIG_LOGIN__KEY_FILE: join(folder, 'login.jwk'),
    RIKTIG_LOG__LEVEL: 'warn',
  });
  await untilReady(portal, server);
  const end = () => {
    server.kill();
    provider.stdin.end();
    rmSync(folder, { recursive: true, force: true });
  };
  return { portal, issuer, end };
}

function child(program, words, environment = {}) {
  return spawn(program, words, { env: { ...process.env, ...environment }, stdio: ['pipe', 'pipe', 'inherit'] });
}

function firstLine(process) {
  return new Promise((resolve, reject) => {
    let text = '';
    process.stdout.on('data', (data) => {
      text += data;
      if (text.includes('\n')) resolve(text.split('\n')[0]);
    });
    process.on('exit', () => reject(new Error('it ended without a word')));
  });
}

/** A port that was free a moment ago: the provider must know the portal's address before the portal starts. */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

async function untilReady(portal, server) {
  server.stdout.resume();
  for (let tries = 0; tries < 300; tries += 1) {
    if (server.exitCode !== null) throw new Error(`riktig serve ended with ${server.exitCode}`);
    const answer = await fetch(`${portal}/health/ready`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('riktig serve is not ready');
}
