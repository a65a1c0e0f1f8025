// Every FHIR resource that the demo gives out passes a validator that is not ours (tests/browser/fhir.mjs), over the wire: what is
// suggested, the guideline's resources, refusals, and what the server says of itself. Resources spoilt on purpose do not.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { contextOf, penicillin } from './record.mjs';

const service = process.env.RIKTIG_PORTAL;
const KINDS = ['PlanDefinition', 'ActivityDefinition', 'ValueSet', 'CodeSystem'];
const VALIDATOR = fileURLToPath(new URL('../browser/fhir.mjs', import.meta.url));

/** What is wrong with the resources: a list of lines. */
function faults(resources) {
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [VALIDATOR], { maxBuffer: 1 << 28 }, (error, out) => (error ? reject(error) : resolve(JSON.parse(out))));
    child.stdin.end(JSON.stringify(resources));
  });
}

const given = async (path) => (await fetch(`${service}${path}`)).json();

async function called(request) {
  const body = typeof request === 'string' ? request : JSON.stringify(request);
  const answer = await fetch(`${service}/cds-services/riktig-antibiotics`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return { status: answer.status, body: await answer.json() };
}

/** A call of a client that leaves out much and mistakes some of what it sends. */
const sloppy = (code, change) => ({
  hook: 'order-sign',
  hookInstance: crypto.randomUUID(),
  context: contextOf('p1', penicillin('p1', 7, { category: { coding: { code: 'outpatient' } }, note: [], intent: undefined, ...change })),
  prefetch: {
    patient: { resourceType: 'Patient', id: 'p1', birthDate: '1981-01-01', gender: 'male' },
    conditions: { resourceType: 'Bundle', type: 'searchset', entry: [{ resource: { resourceType: 'Condition', subject: { reference: 'Patient/p1' }, recordedDate: new Date().toISOString().slice(0, 10), code: { coding: [{ system: 'urn:oid:2.16.578.1.12.4.1.1.7170', code }] } } }] },
    allergies: { resourceType: 'Bundle', type: 'searchset', entry: [] },
    medicationStatements: { resourceType: 'Bundle', type: 'searchset', entry: [] },
  },
});

let knowledge;
let suggested;
before(async () => {
  knowledge = await Promise.all(KINDS.map((kind) => given(`/fhir/${kind}`)));
  suggested = [];
  for (const code of ['R72', 'R74', 'R75', 'R76', 'R78', 'R81', 'H71', 'S76', 'U71', 'U70']) {
    for (const drug of ['J01CE02', 'J01CA04', 'J01FA10']) {
      const change = { medicationCodeableConcept: { coding: [{ system: 'http://www.whocc.no/atc', code: drug }], text: 'tab 500 mg' } };
      const { status, body } = await called(sloppy(code, change));
      assert.equal(status, 200, `${code} ${drug}: ${JSON.stringify(body)}`);
      const actions = body.cards.flatMap((it) => it.suggestions ?? []).flatMap((it) => it.actions ?? []);
      suggested.push(...actions.map((it) => it.resource).filter(Boolean));
    }
  }
});

test('the guideline is valid R4, one resource at a time and as it is listed', async () => {
  const resources = knowledge.flatMap((it) => it.entry.map((entry) => entry.resource));
  for (const kind of KINDS) assert.ok(resources.some((it) => it.resourceType === kind), `no ${kind}`);
  const alone = await Promise.all(KINDS.map((kind) => given(`/fhir/${kind}/${resources.find((it) => it.resourceType === kind).id}`)));
  assert.deepEqual(await faults([...resources, ...alone, ...knowledge]), []);
});

test('every order that is suggested is valid R4, from drafts that are not', async () => {
  assert.ok(suggested.length >= 10, `${suggested.length} suggested`);
  assert.deepEqual(await faults(suggested), []);
});

test('what the server says of itself and every refusal is valid R4', async () => {
  const unlike = sloppy('R81', { subject: { reference: 'Patient/somebody-else' } });
  const calls = await Promise.all([called('{'), called({}), called({ ...sloppy('R81'), prefetch: {} }), called(unlike)]);
  assert.deepEqual(calls.map((it) => it.status), [400, 400, 412, 400]);
  const missing = await given('/fhir/PlanDefinition/no-such-plan');
  const outcomes = [...calls.map((it) => it.body), missing];
  assert.ok(outcomes.every((it) => it.resourceType === 'OperationOutcome'));
  assert.deepEqual(await faults([await given('/fhir/metadata'), ...outcomes]), []);
});

test('resources that were spoilt are caught, each of them', async () => {
  const [order] = suggested;
  const plan = knowledge[0].entry[0].resource;
  const activity = knowledge[1].entry[0].resource;
  const spoilt = [
    { ...order, status: 'drafty' },
    { ...order, intent: undefined },
    { ...order, category: { text: 'not a list' } },
    { ...order, unknown: 1 },
    { ...order, authoredOn: 'yesterday' },
    { ...plan, status: 'finished' },
    { ...plan, action: plan.title },
    { ...activity, status: undefined },
    { ...knowledge[2].entry[0].resource, compose: { include: [{ concept: [{ display: 'no code' }] }] } },
    { resourceType: 'OperationOutcome', issue: [{ severity: 'bad', code: 'invalid' }] },
    { resourceType: 'Advice' },
  ].map((it, at) => ({ ...it, id: `spoilt-${at}` }));
  const lines = await faults(spoilt);
  const caught = spoilt.filter((it) => lines.some((line) => line.startsWith(`${it.resourceType}/${it.id}:`)));
  assert.deepEqual(spoilt.filter((it) => !caught.includes(it)).map((it) => it.id), []);
});
