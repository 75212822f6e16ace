import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { fetchOnce } from '../src/testdata/client.ts';

export interface ApacheOptions {
  readonly folder: string;
  readonly tls: { readonly cert: string; readonly key: string };
  readonly provider: string;
  readonly target: string;
}

export interface Apache {
  readonly origin: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const modules = '/usr/lib/apache2/modules';

/** The peer: Apache with mod_auth_openidc, of Debian's packages; `undefined` where they are not installed. */
export async function startApache(options: ApacheOptions): Promise<Apache | undefined> {
  if (!existsSync(`${modules}/mod_auth_openidc.so`)) return undefined;
  const port = await freePort();
  await mkdir(options.folder, { recursive: true });
  await writeFile(`${options.folder}/cert.pem`, options.tls.cert);
  await writeFile(`${options.folder}/key.pem`, options.tls.key, { mode: 0o600 });
  await writeFile(`${options.folder}/apache.conf`, configuration(options, port));
  execFileSync('apache2', ['-t', '-f', `${options.folder}/apache.conf`], { stdio: 'pipe' });
  const child = spawn('apache2', ['-DFOREGROUND', '-f', `${options.folder}/apache.conf`], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const origin = `https://localhost:${port}`;
  for (let attempt = 0; attempt < 100; attempt++) {
    const up = await fetchOnce(`${origin}/`, { insecure: true }).then(
      () => true,
      () => false,
    );
    if (up) break;
    await sleep(50);
  }
  return {
    origin,
    pid: child.pid ?? 0,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
      }),
  };
}

/** The session in the cookie, as an ALB has it; the event MPM, TLS 1.3, connections to the target kept open. */
function configuration({ folder, provider, target }: ApacheOptions, port: number): string {
  const loaded = [
    ...['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'auth_openidc', 'ssl', 'socache_shmcb'],
    ...['proxy', 'proxy_http', 'headers'],
  ].map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`);
  return `
${loaded.join('\n')}
ServerName localhost
Listen 127.0.0.1:${port}
PidFile ${folder}/apache.pid
DefaultRuntimeDir ${folder}
Mutex file:${folder}
ErrorLog ${folder}/error.log
User nobody
Group nogroup
KeepAlive On
MaxKeepAliveRequests 0
KeepAliveTimeout 600
ServerLimit 8
ThreadsPerChild 64
MaxRequestWorkers 512
LimitRequestFieldSize 32000
SSLEngine on
SSLCertificateFile ${folder}/cert.pem
SSLCertificateKeyFile ${folder}/key.pem
SSLProtocol TLSv1.3
OIDCProviderIssuer ${provider}
OIDCProviderAuthorizationEndpoint ${provider}/authorize
OIDCProviderTokenEndpoint ${provider}/token
OIDCProviderUserInfoEndpoint ${provider}/userinfo
OIDCProviderJwksUri ${provider}/jwks
OIDCProviderTokenEndpointAuth client_secret_basic
OIDCSSLValidateServer Off
OIDCClientID client1
OIDCClientSecret secret
OIDCRedirectURI https://localhost:${port}/oauth2/callback
OIDCCryptoPassphrase of-the-measurement-only
OIDCSessionType client-cookie
OIDCScope openid
OIDCPassClaimsAs headers
OIDCSessionInactivityTimeout 3600
ProxyPreserveHost On
ProxyPass / ${target}/ keepalive=On
<Location />
  AuthType openid-connect
  Require valid-user
</Location>
`;
}

/** A port that nobody has; for who cannot tell which one it took. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
