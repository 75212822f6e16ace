import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { errors, MockAgent } from 'undici';

import { healthCheckEvent } from './function-event.ts';
import { type Invocation, invokeFunction } from './invoke-function.ts';

const megabyte = 1024 * 1024;
const path = '/2015-03-31/functions/function/invocations';

describe('invokeFunction', () => {
  let dispatcher: MockAgent;

  beforeEach(() => {
    dispatcher = new MockAgent();
    dispatcher.disableNetConnect();
  });
  afterEach(() => dispatcher.close());

  const answering = () => dispatcher.get('http://fn.test').intercept({ path, method: 'POST' });
  const invoke = (): Promise<Invocation> => {
    const event = healthCheckEvent('/', { arn: 'arn:tg', lambda: { multiValueHeaders: false } });
    if (event === undefined) throw new Error('a health check has an event');
    return invokeFunction(new URL('http://fn.test'), event, { dispatcher, signal: new AbortController().signal });
  };

  it('takes 1 MB of JSON, and not a byte more', async () => {
    answering().reply(200, 'a'.repeat(megabyte));
    expect(await invoke()).toEqual({ json: 'a'.repeat(megabyte) });
    answering().reply(200, 'a'.repeat(megabyte + 1));
    expect(await invoke()).toEqual({ fault: 'LambdaResponseTooLarge' });
  });

  it.each([
    ['takes no connection in time', new errors.ConnectTimeoutError('late'), 'LambdaConnectionTimeout'],
    ['refuses the connection', new Error('ECONNREFUSED'), 'LambdaConnectionError'],
  ])('says when Lambda %s', async (_, error, fault) => {
    answering().replyWithError(error);
    expect(await invoke()).toEqual({ fault });
  });
});
