import { parseArgs, styleText } from 'node:util';

import { expectShortLivedObjects } from '@gatehouse/local-alb';

import { InfraError } from '../errors.ts';
import { banner } from './banner.ts';
import { serve, type Serving } from './serve.ts';

/** The process behind `nx serve`: starts everything, says what a person needs to know, and ends it all on Ctrl-C. */
const { values } = parseArgs({
  options: {
    root: { type: 'string', default: process.cwd() },
    env: { type: 'string', default: 'local' },
    main: { type: 'string' },
    users: { type: 'string' },
    'pool-port': { type: 'string' },
  },
});

expectShortLivedObjects();

let serving: Serving | undefined;
let ending: Promise<void> | undefined;

/** The first signal ends in order; a second Ctrl-C does not wait. */
function end(signal: NodeJS.Signals | 'disconnect'): void {
  if (ending !== undefined) {
    if (signal === 'SIGINT' && performance.now() - endingSince > 500) process.exit(130);
    return;
  }
  endingSince = performance.now();
  ending = (serving?.close() ?? Promise.resolve()).then(
    () => process.exit(0),
    (error: unknown) => fail(error),
  );
}
let endingSince = 0;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => end(signal));
// The executor that started this process is gone: nobody is left to stop it later.
process.on('disconnect', () => end('disconnect'));

try {
  serving = await serve({
    root: values.root,
    environment: values.env,
    main: required('main'),
    users: required('users'),
    poolPort: Number(required('pool-port')),
    onEvent: (line) => console.log(styleText('dim', `· ${line}`)),
    onMail: (line) => console.log(`${styleText('cyan', '✉')} ${line}`),
    onReload: (line) => console.log(`${styleText('green', '↻')} ${line}`),
    onError: (error) => console.error(`${styleText('red', '✗')} ${describe(error)}\n  What ran before goes on.`),
  });
  console.log(
    banner({
      ...serving,
      platform: process.platform,
      seconds:
        (Date.now() - Number(process.env['GATEHOUSE_STARTED_AT'] ?? Date.now() - process.uptime() * 1000)) / 1000,
    }),
  );
} catch (error) {
  fail(error);
}

function required(name: 'main' | 'users' | 'pool-port'): string {
  const value = values[name];
  if (value === undefined) throw new Error(`--${name} is missing`);
  return value;
}

function fail(error: unknown): never {
  console.error(`${styleText('red', '✗')} ${describe(error)}`);
  process.exit(1);
}

/** Errors of the catalogues are written for people and stand alone; anything else is a defect and keeps its stack. */
function describe(error: unknown): string {
  if (error instanceof InfraError) return error.message;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
