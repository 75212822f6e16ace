import { type RawHeaders } from '../src/alb-headers.ts';
import { LocalLogin, type LocalUser } from '../src/testing/index.ts';
import { SETTINGS } from '../src/testdata/world.ts';

/** A user as Cognito has them: a few attributes, a few groups. */
export function sampleUser(index: number): LocalUser {
  const id = index.toString(16).padStart(12, '0');
  return {
    subject: `6b1f7c52-0f1e-4f0b-9d0e-${id}`,
    username: `user-${id}`,
    groups: ['users', 'analysts', 'eu-central-1_AbCdEfGhI_Corporate'],
    claims: { email: `user-${id}@example.com`, email_verified: 'true', name: `User ${id}`, given_name: 'User' },
  };
}

export const login = new LocalLogin(SETTINGS);

/** What Chromium sends besides, with a session cookie of two shards, and what the load balancer adds. */
const AROUND: RawHeaders = [
  ['X-Forwarded-For', '203.0.113.7'],
  ['X-Forwarded-Proto', 'https'],
  ['X-Forwarded-Port', '443'],
  ['Host', 'app.example.com'],
  ['X-Amzn-Trace-Id', 'Root=1-67891233-abcdef012345678912345678'],
  ['sec-ch-ua', '"Chromium";v="149", "Not)A;Brand";v="24"'],
  ['sec-ch-ua-mobile', '?0'],
  ['sec-ch-ua-platform', '"Linux"'],
  ['upgrade-insecure-requests', '1'],
  [
    'user-agent',
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/149.0.0.0 Safari/537.36',
  ],
  ['accept', 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8'],
  ['sec-fetch-site', 'none'],
  ['sec-fetch-mode', 'navigate'],
  ['accept-encoding', 'gzip, deflate, br, zstd'],
  ['accept-language', 'en-GB,en;q=0.9'],
  ['cookie', `AWSELBAuthSessionCookie-0=${'A'.repeat(3984)}; AWSELBAuthSessionCookie-1=${'B'.repeat(1000)}==`],
].flat();

/** All headers of a browser's request behind the load balancer. */
export function browserRequest(identity: RawHeaders): RawHeaders {
  return [...AROUND, ...identity];
}

/** A string as a parser of HTTP makes it: of its own memory, its hash not yet known. */
export function fresh(text: string): string {
  return Buffer.from(text, 'latin1').toString('latin1');
}
