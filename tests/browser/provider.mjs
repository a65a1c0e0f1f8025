// A real OpenID provider (npm oidc-provider) that demands what HelseID demands: pushed requests, PKCE, private_key_jwt,
// DPoP with nonce; with HelseID's claims. Tests start it, and it ends when its standard input does.
//
//   node provider.mjs '{"client_id":…,"jwks":{"keys":[…]},"redirect_uris":[…],"personas":[{"hint","pid","hpr"}]}'
//
// prints one line: {"issuer":"http://127.0.0.1:PORT"}. `login_hint` with a persona's hint logs in without a page;
// otherwise a page lets a person choose. Further members of the argument: post_logout_redirect_uris,
// backchannel_logout_uri, nonce (default true), loud (tells on standard error what it refuses).
//
// GET /test/call?persona=HINT&method=GET&url=ADDRESS answers with an access token for an API and a DPoP proof that
// fits it, both made by libraries that are not ours.
import { createServer } from 'node:http';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { newEc, newRsa, publicPart } from './keys.mjs';
import { load } from './packages.mjs';

console.warn = () => {}; // it warns of Node 20 and of its memory, which are right for a test
const { Provider } = await load('oidc-provider');
const { SignJWT, calculateJwkThumbprint, importJWK } = await load('jose');

const asked = JSON.parse(process.argv[2]);
const AUDIENCE = 'riktig:api';
const CLAIMS = 'helseid://claims';
const SCOPES = 'helseid://scopes';
const SIGNING = 'RS256';

const personas = new Map(asked.personas.map((persona) => [persona.hint, persona]));

/** What HelseID says of a person. */
function claimsOf(persona) {
  return {
    sub: `sub of ${persona.hint}`,
    [`${CLAIMS}/identity/pid`]: persona.pid,
    [`${CLAIMS}/identity/security_level`]: persona.level ?? '4',
    [`${CLAIMS}/identity/assurance_level`]: (persona.level ?? '4') === '4' ? 'high' : 'substantial',
    ...(persona.hpr ? { [`${CLAIMS}/hpr/hpr_number`]: persona.hpr } : {}),
  };
}

/** The organisation that the client names in its assertion, as HelseID repeats it. */
function organisationOf(assertion) {
  const claims = JSON.parse(Buffer.from(assertion.split('.')[1], 'base64url'));
  const value = claims.assertion_details?.[0]?.practitioner_role?.organization?.identifier?.value;
  const [, , parent, child] = value?.startsWith('NO:ORGNR:') ? value.split(':') : ['', '', '', value];
  return {
    ...(parent ? { [`${CLAIMS}/client/claims/orgnr_parent`]: parent } : {}),
    ...(child ? { [`${CLAIMS}/client/claims/orgnr_child`]: child } : {}),
  };
}

const personOf = (accountId) => personas.get(accountId.replace(/^sub of /, ''));

const key = newRsa();

function configuration() {
  return {
    clients: [
      {
        client_id: asked.client_id,
        jwks: asked.jwks,
        redirect_uris: asked.redirect_uris,
        post_logout_redirect_uris: asked.post_logout_redirect_uris ?? [],
        ...(asked.backchannel_logout_uri
          ? { backchannel_logout_uri: asked.backchannel_logout_uri, backchannel_logout_session_required: true }
          : {}),
        application_type: 'web',
        response_types: ['code'],
        grant_types: ['authorization_code'],
        token_endpoint_auth_method: 'private_key_jwt',
        id_token_signed_response_alg: SIGNING,
        dpop_bound_access_tokens: true,
      },
    ],
    jwks: { keys: [{ ...key, kid: 'provider key', alg: SIGNING, use: 'sig' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    clientAuthMethods: ['private_key_jwt'],
    enabledJWA: {
      clientAuthSigningAlgValues: ['PS256', 'ES256'],
      dPoPSigningAlgValues: ['ES256', 'PS256'],
      idTokenSigningAlgValues: [SIGNING],
    },
    pkce: { required: () => true },
    acrValues: ['Level4'],
    conformIdTokenClaims: false,
    scopes: ['openid'],
    claims: {
      openid: ['sub', `${CLAIMS}/client/claims/orgnr_parent`, `${CLAIMS}/client/claims/orgnr_child`],
      [`${SCOPES}/identity/pid`]: [`${CLAIMS}/identity/pid`],
      [`${SCOPES}/identity/security_level`]: [`${CLAIMS}/identity/security_level`],
      [`${SCOPES}/identity/assurance_level`]: [`${CLAIMS}/identity/assurance_level`],
      [`${SCOPES}/hpr/hpr_number`]: [`${CLAIMS}/hpr/hpr_number`],
    },
    features: {
      devInteractions: { enabled: false },
      pushedAuthorizationRequests: { enabled: true, requirePushedAuthorizationRequests: true },
      dPoP: {
        enabled: true,
        nonceSecret: randomBytes(32),
        requireNonce: () => asked.nonce ?? true,
        allowReplay: false,
      },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        // Without a question: the portal asked already.
        logoutSource(ctx, form) {
          ctx.body = `<!doctype html><html lang="en"><title>Log out</title>${form}<button autofocus form="op.logoutForm" name="logout" value="yes">Log out</button></html>`;
        },
      },
    },
    async findAccount(ctx, accountId) {
      const persona = personOf(accountId);
      const assertion = ctx?.oidc?.body?.client_assertion;
      return (
        persona && {
          accountId,
          claims: () => ({ ...claimsOf(persona), ...(assertion ? organisationOf(assertion) : {}) }),
        }
      );
    },
    // Nobody is asked for consent (HelseID has no such step).
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({
        clientId: ctx.oidc.client.clientId,
        accountId: ctx.oidc.session.accountId,
      });
      grant.addOIDCScope([...ctx.oidc.requestParamScopes].join(' '));
      await grant.save();
      return grant;
    },
    // It refuses to call this machine itself, where the tests listen for the back-channel logout.
    fetch: (address, { dispatcher: _guarded, ...options }) => globalThis.fetch(address, options),
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    ttl: { AccessToken: 60, AuthorizationCode: 60, IdToken: 60, Interaction: 900, Session: 3600, Grant: 3600 },
  };
}

/** Lets a person choose who they are; `login_hint` has chosen. */
async function interact(provider, request, response, url) {
  const details = await provider.interactionDetails(request, response);
  const hint = url.searchParams.get('persona') ?? details.params.login_hint;
  if (personas.has(hint)) {
    const login = { accountId: `sub of ${hint}`, acr: 'Level4', amr: ['test'] };
    return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  }
  const links = [...personas.keys()].map((name) => `<li><a href="?persona=${encodeURIComponent(name)}">${name}</a></li>`);
  response.setHeader('content-type', 'text/html; charset=utf-8');
  response.end(`<!doctype html><html lang="en"><title>Who are you?</title><h1>Who are you?</h1><ul>${links.join('')}</ul></html>`);
}

/** An access token as an API receives it, and a proof that fits. */
async function call(issuer, response, url) {
  const persona = personas.get(url.searchParams.get('persona'));
  const own = newEc();
  const jwk = publicPart(own);
  const now = Math.floor(Date.now() / 1000);
  const token = await new SignJWT({
    ...claimsOf(persona),
    client_id: asked.client_id,
    scope: 'riktig:api/read',
    cnf: { jkt: await calculateJwkThumbprint(jwk) },
  })
    .setProtectedHeader({ alg: SIGNING, typ: 'at+jwt', kid: 'provider key' })
    .setIssuer(issuer)
    .setAudience(AUDIENCE)
    .setJti(randomUUID())
    .setIssuedAt(now)
    .setExpirationTime(now + 60)
    .sign(await importJWK({ ...key, alg: SIGNING }, SIGNING));
  const proof = await new SignJWT({
    htm: url.searchParams.get('method'),
    htu: url.searchParams.get('url'),
    jti: randomUUID(),
    ath: createHash('sha256').update(token).digest('base64url'),
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
    .setIssuedAt(now)
    .sign(await importJWK(own, 'ES256'));
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ token, proof }));
}

const server = createServer();
server.listen(0, '127.0.0.1', () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, configuration());
  const refusals = ['authorization.error', 'grant.error', 'pushed_authorization_request.error', 'backchannel.error'];
  for (const event of ['server_error', ...(asked.loud ? refusals : [])]) {
    provider.on(event, (_ctx, error) => console.error(event, error.error ?? '', error.error_description ?? error.message, error.error_detail ?? error.cause ?? ''));
  }
  const answer = provider.callback();
  server.on('request', (request, response) => {
    const url = new URL(request.url, issuer);
    const failed = (error) => {
      console.error(url.pathname, error.message);
      response.statusCode = 500;
      response.end();
    };
    if (url.pathname.startsWith('/interaction/')) interact(provider, request, response, url).catch(failed);
    else if (url.pathname === '/test/call') call(issuer, response, url).catch(failed);
    else answer(request, response);
  });
  console.log(JSON.stringify({ issuer }));
});
process.stdin.resume();
process.stdin.on('end', () => process.exit(0));
