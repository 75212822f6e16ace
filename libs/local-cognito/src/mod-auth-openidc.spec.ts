import { expect, it } from '@jest/globals';
import { readUserPool } from './settings/read-user-pool.ts';
import { Apache, apacheIsThere, freePort } from './testdata/apache.ts';
import { ada, RunningPool } from './testdata/running-pool.ts';
import { cognitoStackJson } from './testdata/stack.ts';

if (!apacheIsThere) {
  console.warn('Apache with mod_auth_openidc is not here: apt-get install apache2 libapache2-mod-auth-openidc');
}

/** Cookies by name, as a browser keeps them. */
function keep(jar: Map<string, string>, response: Response): void {
  for (const line of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    jar.set(name, value);
  }
}

(apacheIsThere ? it : it.skip)('Apache’s mod_auth_openidc signs somebody in', async () => {
  const port = await freePort();
  const callback = `http://localhost:${port}/private/callback`;
  const running = await RunningPool.start(readUserPool(cognitoStackJson({ client: { callback_urls: [callback] } })));
  const apache = await Apache.start(port, running);
  try {
    const jar = new Map<string, string>();
    const visit = async (url: string): Promise<Response> => {
      const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { ...(cookie && { cookie }), accept: 'text/html' };
      const response = await fetch(url, { redirect: 'manual', headers });
      keep(jar, response);
      return response;
    };
    const turned = await visit(`${apache.origin}/private/`);
    const authorize = new URL(turned.headers.get('location') ?? '');
    expect([turned.status, authorize.origin]).toEqual([302, running.pool.publicUrl]);
    expect(authorize.searchParams.get('code_challenge_method')).toBe('S256');

    const signedIn = await running.browser().signIn(authorize.search.slice(1), ada.username, ada.password);
    const returned = await visit(signedIn.headers.location ?? '');
    expect([returned.status, returned.headers.get('location')]).toEqual([302, `${apache.origin}/private/`]);
    const page = await visit(`${apache.origin}/private/`);
    expect([page.status, await page.text()]).toEqual([200, 'private page']);
    expect([page.headers.get('x-email'), page.headers.get('x-username')]).toEqual(['ada@example.com', 'ada']);
  } finally {
    await apache.close();
    await running.close();
  }
});
