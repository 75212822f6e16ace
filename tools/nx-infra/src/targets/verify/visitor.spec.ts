import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { type AddressInfo } from 'node:net';
import { createSecureContext } from 'node:tls';

import { afterEach, describe, expect, it } from '@jest/globals';

import { lookup } from './outside.ts';
import { MOST_REQUESTS, Visitor } from './visitor.ts';

const closing: (() => void)[] = [];
afterEach(() => closing.splice(0).forEach((close) => close()));

async function serving(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://app.localhost:${(server.address() as AddressInfo).port}/a?b`);
}

const visitor = (signal = new AbortController().signal): Visitor =>
  new Visitor({
    lookup,
    secureContext: createSecureContext(),
    hostnames: ['app.localhost'],
    timeoutMilliseconds: 200,
    signal,
  });

describe('Visitor', () => {
  it('sends a request as it is asked to, and nothing that knows anybody', async () => {
    let got: IncomingMessage | undefined;
    const url = await serving((request, response) => {
      got = request;
      response.writeHead(302, { Location: 'https://evil.example/', 'Set-Cookie': ['a=1', 'b=2'] }).end('body');
    });
    const answer = await visitor().ask(url, {
      method: 'POST',
      target: '//x/../%2e%2e/y',
      headers: [
        ['X_A', '1'],
        ['x-b', '1'],
        ['x-b', '2'],
      ],
    });
    expect([got?.method, got?.url]).toEqual(['POST', '//x/../%2e%2e/y']);
    expect(got?.rawHeaders.filter((_, index) => index % 2 === 0)).toEqual([
      'Host',
      'User-Agent',
      'Content-Length',
      'X_A',
      'x-b',
      'x-b',
      'Connection',
    ]);
    expect(answer).toMatchObject({ status: 302, body: 'body' });
    expect(answer.headers.filter(([name]) => name === 'set-cookie')).toHaveLength(2);
  });

  it('asks nobody whom it was not told to ask', async () => {
    await expect(visitor().ask(new URL('http://evil.localhost:1/'))).rejects.toMatchObject({
      name: 'Unanswered',
      message: expect.stringContaining('stranger'),
    });
  });

  it('waits neither for an answer nor for its end for ever, and no third time', async () => {
    let requests = 0;
    const url = await serving((_request, response) => {
      requests += 1;
      if (requests === 1) response.write('endless');
    });
    const asking = visitor();
    await expect(asking.ask(url)).rejects.toThrow('did not answer in 0.2 s');
    await expect(asking.ask(url)).rejects.toThrow('did not answer in 0.2 s');
    await expect(asking.ask(url)).rejects.toThrow('in vain');
    expect(requests).toBe(2);
  });

  it('reads the beginning of an answer that does not end', async () => {
    const url = await serving((_request, response) => {
      const more = (): void => {
        while (response.write('x'.repeat(65_536)));
        response.once('drain', more);
      };
      more();
    });
    expect((await visitor().ask(url)).body).toHaveLength(256 * 1024);
  });

  it('asks so many times and no more', async () => {
    const url = await serving((_request, response) => void response.end());
    const asking = visitor();
    for (let index = 0; index < MOST_REQUESTS; index += 1) await asking.ask(url);
    await expect(asking.ask(url)).rejects.toThrow(`${MOST_REQUESTS} requests are enough`);
  }, 60_000);

  it('says why there is no answer', async () => {
    const url = await serving((request) => request.destroy());
    await expect(visitor().ask(url)).rejects.toThrow('broke the connection off');
    await expect(visitor().ask(new URL('http://app.localhost:1/'))).rejects.toThrow('refuses connections');
  });

  it('ends on request', async () => {
    const url = await serving(() => undefined);
    const abort = new AbortController();
    const asked = visitor(abort.signal).ask(url);
    abort.abort();
    await expect(asked).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
