import { createInterface } from 'node:readline/promises';
import { type Readable, type Writable } from 'node:stream';

import { InfraError } from '../../errors.ts';

/** Puts a question to a person. @returns the answer, without spaces around it */
export type Ask = (question: string) => Promise<string>;

export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable;
}

/** @returns undefined where nobody is there to answer, such as in a pipeline: then it has to be an option */
export function terminalAsk({ input, output }: Terminal, signal: AbortSignal): Ask | undefined {
  if (input.isTTY !== true) return undefined;
  return async (question) => {
    // Not `terminal`: it would take Ctrl-C for a key, and keep it from who waits for the signal.
    const lines = createInterface({ input, output, terminal: false });
    try {
      const closed = new Promise<string>((resolve) => lines.once('close', () => resolve('')));
      return (await Promise.race([lines.question(question, { signal }), closed])).trim();
    } catch (error) {
      if (signal.aborted) throw new InfraError('INTERRUPTED', 'Ended on request, before an answer.', { cause: error });
      throw error;
    } finally {
      lines.close();
    }
  };
}

export interface Confirmation {
  readonly question: string;
  /** The one answer that means yes. */
  readonly expected: string;
  /** What to pass where nobody can be asked. */
  readonly instead: string;
}

/**
 * Goes on only with the one answer.
 *
 * @throws {InfraError} `NOT_CONFIRMED`
 */
export async function confirm(ask: Ask | undefined, { question, expected, instead }: Confirmation): Promise<void> {
  if (ask === undefined) {
    throw new InfraError(
      'NOT_CONFIRMED',
      `Nobody can be asked here: the standard input is no terminal. Nothing was changed. Pass ${instead}.`,
    );
  }
  const answer = await ask(`${question} `);
  if (answer === expected) return;
  throw new InfraError('NOT_CONFIRMED', `Not confirmed: the answer was not "${expected}". Nothing of it was changed.`);
}
