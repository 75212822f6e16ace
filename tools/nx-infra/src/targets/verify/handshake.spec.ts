import { type AddressInfo, createServer, type Server } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { handshake, type HandshakeOptions } from './handshake.ts';
import { lookup } from './outside.ts';

// Takes connections, and says nothing.
let silent: Server;
beforeEach(async () => {
  silent = createServer((socket) => socket.on('error', () => undefined).resume());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
});
afterEach(() => void silent.close());

const options = (signal: AbortSignal): HandshakeOptions => ({
  hostname: 'app.localhost',
  port: (silent.address() as AddressInfo).port,
  lookup,
  ca: undefined,
  timeoutMilliseconds: 200,
  signal,
});

describe('a handshake', () => {
  it('is not waited for for ever', async () => {
    expect(await handshake(options(new AbortController().signal))).toMatchObject({
      outcome: 'failed',
      code: 'TIMEOUT',
    });
  });

  it('ends on request, before and while it is made', async () => {
    const abort = new AbortController();
    const made = handshake({ ...options(abort.signal), timeoutMilliseconds: 60_000 });
    abort.abort();
    await expect(made).rejects.toMatchObject({ code: 'INTERRUPTED' });
    await expect(handshake(options(AbortSignal.abort()))).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
