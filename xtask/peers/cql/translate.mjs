// Prints question.cql as the engine reads it (ELM, in JSON). A program of its own, so that the translator's memory is not the engine's.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const require = createRequire(pathToFileURL(`${process.env.RIKTIG_CQL_PACKAGES}/`));
const packages = `${process.env.RIKTIG_CQL_PACKAGES}/node_modules/@cqframework/cql`; // it exports to `import` alone
const translator = await import(pathToFileURL(`${packages}/cql-to-elm.mjs`));
const { SystemModelInfoProvider } = await import(pathToFileURL(`${packages}/cql.mjs`));

const models = new translator.ModelManager();
models.modelInfoLoader.registerModelInfoProvider(new SystemModelInfoProvider());
const fhir = require('cql-exec-fhir/lib/modelInfos/fhir-modelinfo-4.0.1.xml.js');
models.modelInfoLoader.registerModelInfoProvider(translator.createModelInfoProvider((name) => (name === 'FHIR' ? translator.stringAsSource(fhir) : null)));
const units = translator.createUcumService((value) => value, () => null, (one) => one, (one) => one); // no unit is converted
const libraries = new translator.LibraryManager(models, undefined, undefined, units);
const elm = translator.CqlTranslator.fromText(readFileSync(new URL('question.cql', import.meta.url), 'utf8'), libraries).toJson();
const errors = (JSON.parse(elm).library.annotation ?? []).filter((it) => it.errorSeverity === 'error');
if (errors.length > 0) throw new Error(`question.cql: ${errors.map((it) => `line ${it.startLine}: ${it.message}`).join('; ')}`);
console.log(elm);
