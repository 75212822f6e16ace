import { type IncomingMessage, type ServerResponse } from 'node:http';

import { describe, expect, it } from '@jest/globals';

import { type Altered, type Fault, type FrontDoor, HEADERS, honest, LONGEST_MS } from './front-door.ts';

/** What is wrong, which checks have to say so, and in which words. */
export type Wrong = readonly [what: string, fault: Fault, failed: readonly string[], says: RegExp];

/** An application with a page of its own, and honest without. */
export function answering(
  own: (request: IncomingMessage) => string | undefined,
  headers: Readonly<Record<string, string>> = HEADERS,
): NonNullable<Fault['application']> {
  return (request: IncomingMessage, response: ServerResponse) => {
    const body = own(request);
    if (body === undefined) honest(request, response);
    else response.writeHead(200, headers).end(body);
  };
}

/** Changes a header of what is answered to `/`. */
export function rewriting(name: string, change: (value: string) => string): NonNullable<Fault['answer']> {
  return (answer, { url }) =>
    url === '/'
      ? { ...answer, headers: answer.headers.map(([each, value]) => [each, each === name ? change(value) : value]) }
      : answer;
}

/** Changes what is answered to some requests. */
export function replacing(
  when: (request: IncomingMessage) => boolean,
  what: (answer: Altered, request: IncomingMessage) => Partial<Altered>,
): NonNullable<Fault['answer']> {
  return (answer, request) => (when(request) ? { ...answer, ...what(answer, request) } : answer);
}

export const isPublic = ({ url }: IncomingMessage): boolean => url === '/logged-out';
export const publicPage = ({ url }: IncomingMessage): string | undefined => (url === '/logged-out' ? 'Bye' : undefined);
export const without = (name: string): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(HEADERS).filter(([each]) => each !== name));
export const user = ({ headers }: IncomingMessage, ...names: readonly string[]): string | undefined => {
  const name = names.map((each) => headers[each]).find((each) => each !== undefined);
  return name === undefined ? undefined : `Hello ${String(name)}`;
};

/** Each is found, by these checks and no others. */
export function saysSo(door: () => FrontDoor, wrong: readonly Wrong[]): void {
  describe.each(wrong)('where %s', (_what, fault, failed, says) => {
    it(
      'says so, and nothing else',
      async () => {
        const verified = await door().verify(fault);
        expect(verified.failed).toEqual(failed);
        expect([...verified.lines, verified.result?.message].join('\n')).toMatch(says);
        expect(verified.error?.code).toBe(failed.length === 0 ? undefined : 'NOT_AS_DESCRIBED');
        for (const { state, mend } of verified.findings) expect(mend === undefined).toBe(state === 'ok');
      },
      LONGEST_MS,
    );
  });
}
