import { stripVTControlCharacters } from 'node:util';

import { describe, expect, it } from '@jest/globals';

import { banner, trustCommand } from './banner.ts';

const said = {
  url: 'https://app.localhost:8443',
  hostedUrl: 'https://pool.auth.localhost:8444',
  poolId: 'us-east-1_AbCdEfGhI',
  inboxUrl: 'https://pool.auth.localhost:8444/inbox?key=abc',
  applicationUrl: 'http://127.0.0.1:3000',
  inspectorUrl: 'http://127.0.0.1:8090',
  administration: { url: 'http://127.0.0.1:8091', tokenFile: '/state/administration.token' },
  users: [
    { email: 'alice@example.com', password: 'Alice-1', groups: ['admins'] },
    { email: 'bob@example.com', password: 'Bob-at-1', groups: [] },
  ],
  caFile: '/state/ca.pem',
  platform: 'linux',
  seconds: 2.04,
} as const;

const lines = stripVTControlCharacters(banner(said))
  .split('\n')
  .map((line) => line.trim());

describe('banner', () => {
  it('names every address, each once, the inbox with the key that opens it', () => {
    const addresses = lines.join('\n').match(/https?:\S+/g);
    expect(addresses).toEqual([
      said.url,
      said.hostedUrl,
      said.inboxUrl,
      said.applicationUrl,
      said.inspectorUrl,
      `${said.administration.url}/faults`,
    ]);
    expect(lines).toContain(`Inbox        ${said.inboxUrl}`);
    expect(lines.find((line) => line.startsWith('User pool'))).toContain(said.poolId);
  });

  it('has the people in columns, and says who is in no group', () => {
    expect(lines).toContain('Sign in      alice@example.com  Alice-1   admins');
    expect(lines).toContain('bob@example.com    Bob-at-1  no group');
  });

  it('has the first of many people, and says how many there are besides', () => {
    const many = Array.from({ length: 200_000 }, (_, number) => ({
      email: `u${number}@x.y`,
      password: 'p',
      groups: [],
    }));
    const text = banner({ ...said, users: many });
    expect(text.split('@x.y').length - 1).toBe(10);
    expect(text).toContain('and 199,990 more of the users file');
  });

  it('has the command that trusts the certificate on this platform', () => {
    for (const platform of ['linux', 'darwin', 'win32'] as const) {
      expect(banner({ ...said, platform })).toContain(trustCommand(said.caFile, platform));
    }
    expect(new Set((['linux', 'darwin', 'win32'] as const).map((p) => trustCommand('ca.pem', p))).size).toBe(3);
  });
});
