import { X509Certificate, randomUUID } from 'node:crypto';
import { readFile, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { type AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ensureLocalAuthority, type LocalAuthority } from './local-authority.ts';

const hosts = ['app.localhost', 'localhost', '127.0.0.1', '::1'];
const day = 24 * 3600 * 1000;

describe('ensureLocalAuthority', () => {
  let folder: string;
  beforeEach(() => {
    folder = join(tmpdir(), `authority-${randomUUID()}`);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const ensure = (names: readonly string[] = hosts, later = 0): Promise<LocalAuthority> =>
    ensureLocalAuthority(folder, names, { clock: () => Date.now() + later });

  /** Whether a client that trusts the authority accepts the server under this name. */
  const accepts = async ({ key, cert, ca }: LocalAuthority, servername: string): Promise<boolean> => {
    const server = createServer({ key, cert }, (socket) => socket.end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const accepted = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port, servername, ca }, () => resolve(socket.authorized));
      socket.on('error', () => resolve(false));
      socket.on('close', () => server.close());
    });
    return accepted;
  };

  it('makes an authority and a certificate that it vouches for, keys for their owner alone', async () => {
    const made = await ensure();
    expect(made.created).toBe(true);
    expect(await readFile(made.caFile, 'utf8')).toBe(made.ca);
    const authority = new X509Certificate(made.ca);
    const server = new X509Certificate(made.cert);
    expect([authority.ca, server.ca]).toEqual([true, false]);
    expect(authority.publicKey.asymmetricKeyType).toBe('ec');
    expect(server.subjectAltName).toBe(
      'DNS:app.localhost, DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1',
    );
    expect(await accepts(made, 'app.localhost')).toBe(true);
    expect(await accepts(made, 'evil.example')).toBe(false);
    for (const file of ['ca-key.pem', 'server-key.pem'])
      expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600);
  });

  it('keeps both', async () => {
    const first = await ensure();
    expect(await ensure()).toEqual({ ...first, created: false });
  });

  it.each([
    ['when it ends within 30 days', hosts, 65 * day],
    ['for other hosts', ['other.localhost'], 0],
    ['for fewer hosts', hosts.slice(1), 0],
  ])('issues the certificate again %s', async (_, names, later) => {
    const first = await ensure();
    const second = await ensure(names, later);
    expect(second).toMatchObject({ ca: first.ca, created: false });
    expect(second.cert).not.toBe(first.cert);
    expect(await ensure(names, later)).toEqual(second);
  });

  it('issues the certificate again when it cannot be used', async () => {
    const first = await ensure();
    await writeFile(join(folder, 'server.pem'), 'not a certificate');
    const second = await ensure();
    expect([second.ca, await accepts(second, 'localhost')]).toEqual([first.ca, true]);
  });

  it('begins anew when the authority ends, or was never finished', async () => {
    const first = await ensure();
    const second = await ensure(hosts, 3640 * day);
    expect(second.created).toBe(true);
    expect(new X509Certificate(second.ca).subject).not.toBe(new X509Certificate(first.ca).subject);
    await unlink(second.caFile);
    expect((await ensure()).created).toBe(true);
  });

  it('does not replace an authority that it cannot read', async () => {
    const { caFile } = await ensure();
    await writeFile(join(folder, 'ca-key.pem'), 'not a key');
    await expect(ensure()).rejects.toMatchObject({ code: 'STATE_UNUSABLE' });
    expect(await readFile(caFile, 'utf8')).toContain('BEGIN CERTIFICATE');
  });
});
