import { PassThrough } from 'node:stream';

import { describe, expect, it } from '@jest/globals';

import { confirm, terminalAsk } from './ask.ts';

const terminal = (isTTY: boolean) => ({
  input: Object.assign(new PassThrough(), { isTTY }),
  output: new PassThrough(),
});
const question = { question: 'Apply?', expected: 'yes', instead: '--yes' };

describe('terminalAsk', () => {
  it('asks a terminal', async () => {
    const { input, output } = terminal(true);
    const answer = terminalAsk({ input, output }, new AbortController().signal)?.('Apply? ');
    expect(String(await new Promise((resolve) => output.once('data', resolve)))).toBe('Apply? ');
    input.write(' yes \n');
    expect(await answer).toBe('yes');
  });

  it('takes the end of the input for no answer', async () => {
    const { input, output } = terminal(true);
    const answer = terminalAsk({ input, output }, new AbortController().signal)?.('Apply? ');
    input.end();
    expect(await answer).toBe('');
  });

  it('ends with the signal', async () => {
    const abort = new AbortController();
    const answer = terminalAsk(terminal(true), abort.signal)?.('Apply? ');
    abort.abort();
    await expect(answer).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });

  it('asks nothing else', () => {
    expect(terminalAsk(terminal(false), new AbortController().signal)).toBeUndefined();
  });
});

describe('confirm', () => {
  it('takes the one answer', () => confirm(() => Promise.resolve('yes'), question));

  it.each(['y', 'no', '', 'YES', 'yes please'])('does not take %j', async (answer) => {
    await expect(confirm(() => Promise.resolve(answer), question)).rejects.toMatchObject({ code: 'NOT_CONFIRMED' });
  });

  it('says what to pass where nobody is', async () => {
    await expect(confirm(undefined, question)).rejects.toMatchObject({
      code: 'NOT_CONFIRMED',
      message: expect.stringContaining('--yes'),
    });
  });
});
