// A provider of OpenID Connect as it is published, with one client and one person. Says its port, and is told on a line where
// the client is.
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import Provider from 'oidc-provider';

const server = createServer((request, response) => handler(request, response));
let handler = (_, response) => response.end();

server.listen(0, '127.0.0.1', () => {
  console.log(`port ${server.address().port}`);
});

createInterface({ input: process.stdin }).once('line', (client) => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{
      client_id: 'sluice',
      client_secret: 'only the two know it',
      redirect_uris: [`${client}/api/sluice/v1/oidc/callback`],
      post_logout_redirect_uris: [`${client}/login`],
    }],
    pkce: { required: () => true },
    scopes: ['openid', 'email', 'profile', 'groups'],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    cookies: { keys: ['a key of a test'] },
    findAccount: async (_, id) => ({
      accountId: id,
      claims: async () => ({
        sub: id,
        email: `${id}@example.org`,
        email_verified: true,
        name: 'Ann',
        groups: ['data', 'admins'],
      }),
    }),
  });
  handler = provider.callback();
  console.log('ready');
});
