import { describe, expect, it } from '@jest/globals';

import { forgedHeaders, forgedSession } from './forgery.ts';

const expected = {
  signer: 'arn:aws:elasticloadbalancing:eu-west-1:000000000000:loadbalancer/app/x/0',
  clientId: 'client',
  pool: { hostname: 'pool.example', port: '' },
  sessionCookieName: 'Session',
};
const NOW = 1_800_000_000_000;
const options = { expected, canary: 'canary-1', now: NOW };

function decoded(part: string | undefined): unknown {
  return JSON.parse(Buffer.from(part ?? '', 'base64url').toString());
}

describe('forged headers', () => {
  it('claim to be the canary, each', () => {
    for (const { name, headers } of forgedHeaders(options)) {
      expect([name, headers.some(([, value]) => value.includes('canary-1'))]).toEqual([name, true]);
    }
  });

  it('are signed as the load balancer signs, by somebody else', () => {
    const [, signed] = forgedHeaders(options);
    const [head, payload, signature] = signed?.headers[0]?.[1].split('.') ?? [];
    expect(decoded(head)).toMatchObject({
      alg: 'ES256',
      signer: expected.signer,
      client: 'client',
      exp: NOW / 1000 + 60,
    });
    expect(decoded(payload)).toMatchObject({ sub: 'canary-1', exp: NOW / 1000 + 60 });
    // 64 bytes, and its padding kept.
    expect(signature).toMatch(/^[\w-]{86}==$/);
    expect([head, payload].map((part) => (part?.length ?? 1) % 4)).toEqual([0, 0]);
  });
});

describe('a forged session', () => {
  it('has the name of the real one, and is another each time', () => {
    const [[name, value] = []] = forgedSession(options);
    expect([name, value]).toEqual(['Cookie', expect.stringMatching(/^Session-0=.{2000}; Session-1=/)]);
    expect(forgedSession(options)[0]?.[1]).not.toBe(value);
  });
});
