import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { temporaryFolder } from './folder.ts';
import { type RunningPool } from './running-pool.ts';

const modules = '/usr/lib/apache2/modules';

/** Debian's packages apache2 and libapache2-mod-auth-openidc. */
export const apacheIsThere = existsSync('/usr/sbin/apache2') && existsSync(join(modules, 'mod_auth_openidc.so'));

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Apache with mod_auth_openidc before `/private/`, as the client `albclient` of a pool. */
export class Apache {
  private constructor(
    readonly origin: string,
    private readonly process: ChildProcess,
  ) {}

  static async start(port: number, { pool, ca }: RunningPool): Promise<Apache> {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'htdocs', 'private'), { recursive: true });
    await writeFile(join(folder, 'htdocs', 'private', 'index.html'), 'private page');
    await writeFile(join(folder, 'ca.pem'), ca);
    await chmod(folder, 0o711);
    const loaded = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'dir', 'headers', 'auth_openidc'];
    const origin = `http://localhost:${port}`;
    const lines = [
      `ServerRoot "${folder}"`,
      'ServerName localhost',
      `Listen 127.0.0.1:${port}`,
      `PidFile "${join(folder, 'pid')}"`,
      `ErrorLog "${join(folder, 'error.log')}"`,
      ...loaded.map((name) => `LoadModule ${name}_module ${join(modules, `mod_${name}.so`)}`),
      `DocumentRoot "${join(folder, 'htdocs')}"`,
      'DirectoryIndex index.html',
      // Where it is started as root; otherwise Apache passes over them.
      'User www-data',
      'Group www-data',
      `OIDCProviderIssuer ${pool.issuer}`,
      `OIDCProviderAuthorizationEndpoint ${pool.endpoints.authorization}`,
      `OIDCProviderTokenEndpoint ${pool.endpoints.token}`,
      `OIDCProviderUserInfoEndpoint ${pool.endpoints.userInfo}`,
      `OIDCProviderJwksUri ${pool.jwksUrl}`,
      'OIDCProviderTokenEndpointAuth client_secret_basic',
      'OIDCSSLValidateServer On',
      'OIDCOAuthSSLValidateServer On',
      `OIDCCABundlePath "${join(folder, 'ca.pem')}"`,
      'OIDCClientID albclient',
      `OIDCClientSecret ${pool.clientSecret('albclient')}`,
      `OIDCRedirectURI ${origin}/private/callback`,
      'OIDCScope "openid email"',
      'OIDCPKCEMethod S256',
      'OIDCCryptoPassphrase of-no-worth',
      'OIDCRemoteUserClaim email',
      // Node's fetch says that it is no navigation.
      'OIDCUnAuthAction auth true',
      '<Location /private/>',
      '  AuthType openid-connect',
      '  Require valid-user',
      '  Header always set X-Email "expr=%{reqenv:OIDC_CLAIM_email}"',
      '  Header always set X-Username "expr=%{reqenv:OIDC_CLAIM_username}"',
      '</Location>',
    ];
    const file = join(folder, 'httpd.conf');
    await writeFile(file, `${lines.join('\n')}\n`, { mode: 0o600 });
    const child = spawn('/usr/sbin/apache2', ['-f', file, '-DFOREGROUND'], { stdio: 'ignore' });
    const apache = new Apache(origin, child);
    await apache.#answers();
    return apache;
  }

  async close(): Promise<void> {
    const exit = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await exit;
  }

  async #answers(): Promise<void> {
    for (let tries = 0; tries < 400; tries++) {
      if (this.process.exitCode !== null) throw new Error('apache2 ended: see error.log of its folder');
      try {
        await fetch(this.origin);
        return;
      } catch {
        await delay(50);
      }
    }
    throw new Error('apache2 does not answer');
  }
}
