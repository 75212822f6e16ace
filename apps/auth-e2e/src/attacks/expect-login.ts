import { expect } from '@jest/globals';

import { type RawAnswer } from './raw-request.ts';

/** The load balancer asks for a login at the pool, and for nothing else. */
export function expectLogin(answer: Pick<RawAnswer, 'status' | 'header'>): void {
  expect(answer.status).toBe(302);
  expect(answer.header('location')).toMatch(/^https:\/\/gatehouse-local\.auth\.localhost:\d+\/oauth2\/authorize\?/);
}
