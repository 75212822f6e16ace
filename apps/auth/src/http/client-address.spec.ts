import { type Socket } from 'node:net';

import { expect, it } from '@jest/globals';

import { clientAddress } from './client-address.ts';

it.each([
  ['203.0.113.7', '10.0.0.1', '203.0.113.7'],
  ['2001:db8::1', '10.0.0.1', '2001:db8::1'],
  ['203.0.113.7:4711', '10.0.0.1', '10.0.0.1'],
  ['rubbish', '10.0.0.1', '10.0.0.1'],
  ['', undefined, 'unknown'],
])('of %j from %s is %s', (ip, remoteAddress, address) => {
  expect(clientAddress({ ip, socket: { remoteAddress } as Socket })).toBe(address);
});
