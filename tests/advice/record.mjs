// A doctor's system, as far as advice asks for it: invented patients on a FHIR server that knows reads and searches by patient.
import { createServer } from 'node:http';

const ICPC2 = 'urn:oid:2.16.578.1.12.4.1.1.7170';
const ATC = 'http://www.whocc.no/atc';
const PENICILLIN_V = { coding: [{ system: ATC, code: 'J01CE02' }], text: 'Apocillin tab 1 g' };
const today = new Date().toISOString().slice(0, 10);
const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);

/** A patient of 45 years with pneumonia, and what was found out, in the code system of whoever gives advice. */
function pneumonia(id, service, allergies = []) {
  const findings = { nursing_home: false, signs_of_viral_cause: false };
  const subject = { reference: `Patient/${id}` };
  const coded = (system, code) => ({ coding: [{ system, code }] });
  const born = `${new Date().getFullYear() - 45}-01-01`;
  const observation = (code, rest) => ({ resourceType: 'Observation', status: 'final', subject, effectiveDateTime: yesterday, code, ...rest });
  return [
    { resourceType: 'Patient', id, birthDate: born, gender: 'male' },
    { resourceType: 'Condition', id: `c-${id}`, subject, recordedDate: today, clinicalStatus: coded('http://terminology.hl7.org/CodeSystem/condition-clinical', 'active'), code: coded(ICPC2, 'R81') },
    ...allergies.map((allergy, at) => ({ resourceType: 'AllergyIntolerance', id: `a-${id}-${at}`, patient: subject, ...allergy })),
    ...Object.entries(findings).map(([code, valueBoolean], at) => ({ id: `f-${id}-${at}`, ...observation(coded(`${service}/fhir/CodeSystem/finding`, code), { valueBoolean }) })),
    { id: `k-${id}`, ...observation(coded('http://loinc.org', '98979-8'), { category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'laboratory')], valueQuantity: { value: 90, unit: 'mL/min/{1.73_m2}', code: 'mL/min/{1.73_m2}', system: 'http://unitsofmeasure.org' } }) },
  ];
}

const ANAPHYLAXIS = {
  code: { coding: [{ system: ATC, code: 'J01CE02' }] },
  reaction: [{ severity: 'severe', manifestation: [{ coding: [{ system: 'http://snomed.info/sct', code: '39579001' }], text: 'Anaphylaxis' }] }],
};

/** The doctor who asks, as "userId" names them: a number that nobody has. */
const DOCTOR = { resourceType: 'Practitioner', id: 'd1', identifier: [{ system: 'urn:oid:2.16.578.1.12.4.1.4.4', value: '222200015' }] };

/** Penicillin V 1 g four times a day, in a draft as prescribing pages make them. */
export function penicillin(patient, days, change = {}) {
  const repeat = { frequency: 4, period: 1, periodUnit: 'd', boundsDuration: { value: days, unit: 'd', code: 'd', system: 'http://unitsofmeasure.org' } };
  return {
    resourceType: 'MedicationRequest',
    id: 'o1',
    status: 'draft',
    intent: 'order',
    subject: { reference: `Patient/${patient}` },
    medicationCodeableConcept: PENICILLIN_V,
    dosageInstruction: [{ timing: { repeat }, doseAndRate: [{ doseQuantity: { value: 1, unit: 'tablett', code: '{tbl}', system: 'http://unitsofmeasure.org' } }] }],
    ...change,
  };
}

/** A context of `order-select` or `order-sign`. */
export const contextOf = (patientId, ...drafts) => ({
  patientId,
  userId: 'Practitioner/d1',
  selections: drafts.map((it) => `MedicationRequest/${it.id}`),
  draftOrders: { resourceType: 'Bundle', type: 'collection', entry: drafts.map((resource) => ({ resource })) },
});

/** Starts the server: `{ address, asked, end }`; `asked` are the paths that it was asked for. `service` is who gives advice. */
export async function start(service) {
  const all = [DOCTOR, ...pneumonia('well', service), ...pneumonia('allergic', service, [ANAPHYLAXIS])];
  const asked = [];
  const server = createServer((request, response) => {
    const url = new URL(request.url, 'http://record');
    const [kind, id] = url.pathname.split('/').filter(Boolean);
    asked.push(request.url);
    const answer = (status, body) => response.writeHead(status, { 'content-type': 'application/fhir+json' }).end(JSON.stringify(body));
    const patient = (it) => (it.subject ?? it.patient)?.reference?.split('/')[1];
    if (id) {
      const found = all.find((it) => it.resourceType === kind && it.id === id);
      return found ? answer(200, found) : answer(404, { resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'not-found' }] });
    }
    const category = url.searchParams.get('category');
    const inCategory = (it) => !category || it.category?.some((one) => one.coding.some((its) => its.code === category));
    const found = all.filter((it) => it.resourceType === kind && patient(it) === url.searchParams.get('patient') && inCategory(it));
    const entry = found.map((resource) => ({ fullUrl: `http://record/${kind}/${resource.id}`, resource }));
    answer(200, { resourceType: 'Bundle', type: 'searchset', total: entry.length, entry });
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return { address: `http://127.0.0.1:${server.address().port}`, asked, end: () => server.close() };
}
