// Packages from npm are installed outside of the checkout; RIKTIG_BROWSER_PACKAGES names the folder.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const folder = process.env.RIKTIG_BROWSER_PACKAGES;
if (!folder) {
  console.error('RIKTIG_BROWSER_PACKAGES is not set; `cargo xtask test` installs the packages and sets it');
  process.exit(2);
}
const require = createRequire(pathToFileURL(`${folder}/`));

/** Imports an installed package: `await load('oidc-provider')`. */
export const load = (name) => import(pathToFileURL(require.resolve(name)));

/** Where a file of an installed package is. */
export const pathOf = (file) => require.resolve(file);
