// A small provider for the scenarios: it signs people in by OpenID Connect, asks for consents by OAuth, and has an API that
// wants the token of a consent. Prints its address and runs until it is stopped.
import { Buffer } from 'node:buffer';
import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const CLIENT = 'sluice';
/** What was asked for, by the code that was given for it. */
const given = new Map();
const tokens = new Set();

const base64 = (value) => Buffer.from(value).toString('base64url');

function signed(claims) {
  const text = `${base64(JSON.stringify({ alg: 'RS256', kid: 'one' }))}.${base64(JSON.stringify(claims))}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey).toString('base64url')}`;
}

/** A page with a button for each answer, which lead back to who asked. */
function asking(title, query) {
  const back = (more) => {
    const address = new URL(query.get('redirect_uri'));
    Object.entries({ ...more, state: query.get('state') }).forEach(([name, value]) =>
      address.searchParams.set(name, value),
    );
    return address.href.replaceAll('&', '&amp;');
  };
  const code = randomUUID();
  given.set(code, Object.fromEntries(query));
  return `<!doctype html><html lang="en"><title>${title}</title><link rel="icon" href="data:,"><h1>${title}</h1>
    <p><a href="${back({ code })}">Allow</a> <a href="${back({ error: 'access_denied', error_description: 'somebody said no' })}">Refuse</a>`;
}

/** The code is good once, and only for who asked for it. */
function taken(content) {
  const wish = given.get(content.get('code'));
  given.delete(content.get('code'));
  const challenge = createHash('sha256')
    .update(content.get('code_verifier') ?? '')
    .digest('base64url');
  const isTheirs =
    wish !== undefined &&
    wish.redirect_uri === content.get('redirect_uri') &&
    (wish.code_challenge === undefined || wish.code_challenge === challenge);
  return isTheirs ? wish : undefined;
}

function exchanged(content, issuer) {
  const wish = taken(content);
  if (wish === undefined) {
    return [400, { error: 'invalid_grant' }];
  }
  const token = randomUUID();
  tokens.add(token);
  const now = Math.floor(Date.now() / 1000);
  return [
    200,
    {
      access_token: token,
      token_type: 'Bearer',
      expires_in: 3600,
      id_token: signed({
        iss: issuer,
        aud: CLIENT,
        sub: 'ann',
        email: 'ann@example.org',
        email_verified: true,
        name: 'Ann Example',
        groups: ['data'],
        nonce: wish.nonce,
        iat: now,
        exp: now + 60,
      }),
    },
  ];
}

const server = createServer((request, response) => {
  const issuer = `http://${request.headers.host}`;
  const { pathname, searchParams } = new URL(request.url, issuer);
  let content = '';
  request.on('data', (part) => (content += part));
  request.on('end', () => {
    const page = (text) => response.writeHead(200, { 'content-type': 'text/html' }).end(text);
    const json = ([status, value]) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    switch (pathname) {
      case '/.well-known/openid-configuration':
        return json([
          200,
          {
            issuer,
            authorization_endpoint: `${issuer}/sign-in`,
            token_endpoint: `${issuer}/token`,
            jwks_uri: `${issuer}/keys`,
            response_types_supported: ['code'],
            subject_types_supported: ['public'],
            id_token_signing_alg_values_supported: ['RS256'],
          },
        ]);
      case '/keys':
        return json([
          200,
          { keys: [{ ...publicKey.export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }] },
        ]);
      case '/sign-in':
        return page(asking('Sign in as Ann', searchParams));
      case '/consent':
        return page(asking('Let Sluice read your items', searchParams));
      case '/token':
        return json(exchanged(new URLSearchParams(content), issuer));
      case '/items': {
        const token = (request.headers.authorization ?? '').replace('Bearer ', '');
        return json(tokens.has(token) ? [200, [{ id: 1 }, { id: 2 }]] : [401, { error: 'who are you' }]);
      }
      default:
        return json([404, {}]);
    }
  });
});
server.listen(Number(process.env.SLUICE_PROVIDER_PORT ?? 0), '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${server.address().port}\n`),
);
