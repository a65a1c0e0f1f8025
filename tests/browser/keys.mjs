// New keys as JWK.
//
// By way of PEM: Node 20 can stop for ever where a key is exported as JWK that it has just made. The export holds the key's lock, and if memory
// is cleared at that moment, the job that made the key is destroyed and waits for the same lock, in the same thread.
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';

const PEM = { publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } };

const made = (kind, options) =>
  createPrivateKey(generateKeyPairSync(kind, { ...options, ...PEM }).privateKey).export({ format: 'jwk' });

/** For RS256 and PS256. */
export const newRsa = () => made('rsa', { modulusLength: 2048 });

/** For ES256. */
export const newEc = () => made('ec', { namedCurve: 'P-256' });

/** What of it others may see. */
export const publicPart = ({ kty, crv, x, y, n, e }) => (kty === 'RSA' ? { kty, n, e } : { kty, crv, x, y });
