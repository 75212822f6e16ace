import { describe, expect, it } from '@jest/globals';

import { type Answer } from '../answer.ts';
import { type Expectation } from '../expectation.ts';
import { pageFinding } from './hosted-login.ts';

const expected = { origin: new URL('https://app.example.com') } as Expectation;
const page = (url: string, more: Partial<Answer> = {}): Answer => ({
  url: new URL(url, 'https://pool.example'),
  status: 200,
  headers: [['content-type', 'text/html;charset=UTF-8']],
  body: '<form>',
  ...more,
});

describe('the last page of the user pool', () => {
  it('is fine where it is one', () => expect(pageFinding(page('/login?client_id=x'), expected).state).toBe('ok'));

  it.each<readonly [string, Answer, RegExp]>([
    ['an error page', page('/error?error=redirect_mismatch&client_id=x', { status: 400 }), /redirect_mismatch/],
    [
      'an error for the load balancer',
      page('/oauth2/authorize', {
        status: 302,
        headers: [['location', 'https://app.example.com/oauth2/idpresponse?error=invalid_scope']],
      }),
      /invalid_scope/,
    ],
    ['managed login without a style', page('/login', { body: '<h1>Login pages unavailable</h1>' }), /unavailable/],
    ['a failure', page('/login', { status: 503 }), /answers 503/],
    ['no page', page('/login', { headers: [['content-type', 'application/json']] }), /no login page/],
    [
      'another host',
      page('/login', { status: 302, headers: [['location', 'https://evil.example/x']] }),
      /302 to https:\/\/evil/,
    ],
    ['an error that steers a terminal', page('/error?error=%1b%5b2J<script>'), /\(2Jscript\)/],
  ])('is told where it is %s', (_what, answer, says) => {
    const { state, message, mend } = pageFinding(answer, expected);
    expect([state, message]).toEqual(['failed', expect.stringMatching(says)]);
    expect(mend).toMatch(/\S/);
  });

  it('says which callback to register', () => {
    expect(pageFinding(page('/error?error=redirect_mismatch'), expected).mend).toContain(
      'https://app.example.com/oauth2/idpresponse',
    );
  });
});
