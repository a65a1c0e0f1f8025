// A CDS Hooks client that is not ours (npm @medplum/core) asks the demo for advice: it finds the service, reads the prefetch
// that the service wants from a FHIR server, calls, and reads the cards.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { load } from '../browser/packages.mjs';
import { contextOf, penicillin, start } from './record.mjs';

globalThis.WebSocket ??= class {}; // it wants one when loaded, and none is opened
const { MedplumClient, buildCdsRequest } = (await load('@medplum/core')).default;

const service = process.env.RIKTIG_PORTAL;
const ID = 'riktig-antibiotics';
const DOCTOR = { resourceType: 'Practitioner', id: 'd1' };
let record;
let client;
let offered;

before(async () => {
  record = await start(service);
  // Advice comes from us, everything else from the doctor's system.
  const fetchFrom = (url, options) => {
    const { pathname, search } = new URL(url);
    const host = pathname.startsWith('/cds-services') ? service : record.address;
    return fetch(`${host}${pathname}${search}`, options);
  };
  client = new MedplumClient({ baseUrl: `${record.address}/`, fhirUrlPath: '', fetch: fetchFrom, maxRetries: 0, cacheTime: 0 });
  offered = (await client.getCdsServices()).services;
});
after(() => record.end());

/** The whole way that a client goes; `change` may alter the request that it has built. */
async function ask(hook, context, change = (request) => request) {
  const asked = offered.find((it) => it.hook === hook);
  const request = change(await buildCdsRequest(client, DOCTOR, asked, context));
  return { request, cards: (await client.callCdsService(asked.id, request)).cards };
}

async function tell(feedback) {
  const body = JSON.stringify({ feedback });
  const told = await fetch(`${service}/cds-services/${ID}/feedback`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return told.status;
}

/** The only card, when there is one. */
function only(cards) {
  assert.equal(cards.length, 1, JSON.stringify(cards.map((it) => it.summary)));
  return cards[0];
}

const daysOf = (order) => order.dosageInstruction.map((it) => it.timing.repeat.boundsDuration.value);

test('the client finds one service on three hooks', () => {
  assert.deepEqual(offered.map((it) => [it.hook, it.id]), ['patient-view', 'order-select', 'order-sign'].map((hook) => [hook, ID]));
});

test('every prefetch that the service asks for can be had by the client', async () => {
  const { request } = await ask('order-sign', contextOf('well', penicillin('well', 5)));
  const asked = offered.find((it) => it.hook === 'order-sign');
  assert.deepEqual(Object.keys(request.prefetch).sort(), Object.keys(asked.prefetch).sort());
  for (const [key, value] of Object.entries(request.prefetch)) assert.ok(value, `${key} was not read`);
  assert.ok(record.asked.every((path) => !path.includes('{{')), 'a token was left unfilled');
});

test('two days too many are told, and the order that is offered has the right length and nothing else changed', async () => {
  const draft = penicillin('well', 7, { note: [{ text: 'kept' }] });
  const card = only((await ask('order-sign', contextOf('well', draft))).cards);
  assert.equal(card.indicator, 'warning');
  const actions = card.suggestions.flatMap((it) => it.actions);
  const { type, resource } = actions.find((it) => it.resource?.resourceType === 'MedicationRequest');
  assert.equal(type, 'update');
  assert.deepEqual(daysOf(resource), [5]);
  assert.deepEqual([resource.id, resource.subject, resource.note], [draft.id, draft.subject, draft.note]);
});

test('the order that was offered is not criticised when the client sends it back', async () => {
  const first = only((await ask('order-sign', contextOf('well', penicillin('well', 7)))).cards);
  const accepted = first.suggestions[0].actions[0].resource;
  const { cards } = await ask('order-sign', contextOf('well', accepted));
  assert.deepEqual(cards, []);
});

test('an order as the guideline has it is confirmed while it is written, and not again when it is signed', async () => {
  const right = contextOf('well', penicillin('well', 5));
  assert.equal(only((await ask('order-select', right)).cards).indicator, 'info');
  assert.deepEqual((await ask('order-sign', right)).cards, []);
});

test('anaphylaxis after penicillin stops penicillin, and no suggestion holds it', async () => {
  const { cards } = await ask('order-sign', contextOf('allergic', penicillin('allergic', 5)));
  assert.ok(cards.some((it) => it.indicator === 'critical'), JSON.stringify(cards.map((it) => it.summary)));
  const suggested = cards.flatMap((it) => it.suggestions ?? []).flatMap((it) => it.actions ?? []);
  assert.ok(!JSON.stringify(suggested.filter((it) => it.type !== 'delete')).includes('J01CE02'));
});

test('what the client could not read is named on the card, and nobody is taken for healthy', async () => {
  const context = contextOf('well', penicillin('well', 7));
  const seen = only((await ask('order-sign', context)).cards);
  const refusal = { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'forbidden' }] };
  for (const allergies of [undefined, null, refusal]) {
    const without = (request) => ({ ...request, prefetch: { ...request.prefetch, allergies } });
    const card = only((await ask('order-sign', context, without)).cards);
    assert.equal(card.indicator, 'warning', 'seven days are too long whatever the allergies are');
    assert.notEqual(card.detail, seen.detail);
  }
});

test('a page that is only opened gets what the guideline says of the diagnosis', async () => {
  const { cards } = await ask('patient-view', { patientId: 'well', userId: 'Practitioner/d1' });
  assert.ok(cards.length > 0);
  for (const card of cards) assert.ok(card.source.label && card.uuid);
});

test('a draft that is still empty gets no cards and no error', async () => {
  const empty = penicillin('well', 5);
  for (const name of ['medicationCodeableConcept', 'intent', 'dosageInstruction']) delete empty[name];
  assert.deepEqual((await ask('order-select', contextOf('well', empty))).cards, []);
});

test('the client reads why a call of another patient is refused', async () => {
  const asked = ask('order-sign', contextOf('well', penicillin('allergic', 5)));
  await assert.rejects(asked, (error) => error.outcome?.resourceType === 'OperationOutcome' && error.outcome.issue.length > 0);
});

test('feedback on a card is taken, twice too, and on no card is refused', async () => {
  const card = only((await ask('order-sign', contextOf('well', penicillin('well', 7)))).cards);
  const outcomeTimestamp = new Date().toISOString();
  const accepted = { card: card.uuid, outcome: 'accepted', acceptedSuggestions: [{ id: card.suggestions[0].uuid }], outcomeTimestamp };
  assert.deepEqual([await tell([accepted]), await tell([accepted])], [200, 200]);
  const { code, system } = card.overrideReasons[0];
  const overridden = { card: card.uuid, outcome: 'overridden', overrideReason: { reason: { code, system } }, outcomeTimestamp };
  assert.equal(await tell([overridden]), 200);
  assert.equal(await tell([{ ...accepted, card: 'no card' }]), 400);
});
