// An engine for CQL as a CDS Hooks service, as cheap as it can be had: the question (question.cql) is translated once, R4's model is read
// once, and each call evaluates one expression. `cargo xtask bench advice` measures us beside it.
//
//   RIKTIG_CQL_PACKAGES=FOLDER node facade.mjs
//
// prints one line, its address, and ends when its standard input does.
import { createServer } from 'node:http';
import { execFileSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(`${process.env.RIKTIG_CQL_PACKAGES}/`));
const load = (name) => import(pathToFileURL(require.resolve(name)));
const cql = (await load('cql-execution')).default;
const { PatientSource } = (await load('cql-exec-fhir')).default;

const elm = execFileSync(process.execPath, [fileURLToPath(new URL('translate.mjs', import.meta.url))], { maxBuffer: 1 << 26 });
const executor = new cql.Executor(new cql.Library(JSON.parse(elm)));
const patients = PatientSource.FHIRv401(); // it reads the whole model each time: once

const resourcesOf = (part) => (part?.resourceType === 'Bundle' ? (part.entry ?? []).map((it) => it.resource) : part ? [part] : []);

async function advice(call) {
  const known = Object.values(call.prefetch ?? {}).flatMap(resourcesOf);
  const entry = [...known, ...resourcesOf(call.context.draftOrders)].map((resource) => ({ resource }));
  patients.reset();
  patients.loadBundles([{ resourceType: 'Bundle', type: 'collection', entry }]);
  return executor.exec_expression('Advice', patients);
}

let before = Promise.resolve(); // one at a time: the patients are shared
const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    before = before.then(async () => {
      const results = await advice(JSON.parse(Buffer.concat(parts)));
      const [said] = Object.values(results.patientResults);
      const indicator = ['critical', 'warning'].find((it) => it === said.Advice);
      const cards = indicator ? [{ summary: said.Advice, indicator, source: { label: 'question.cql' } }] : [];
      const body = Buffer.from(JSON.stringify({ cards }));
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length }).end(body);
    });
    before = before.catch((error) => response.writeHead(500).end(String(error)));
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
process.stdin.on('end', () => process.exit()).resume();
