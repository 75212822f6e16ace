#!/usr/bin/env node
import { readArguments, usage } from './command/arguments.ts';
import { run } from './command/run.ts';
import { LocalAlbError } from './errors.ts';
import { expectShortLivedObjects } from './short-lived.ts';

expectShortLivedObjects();

try {
  const options = readArguments(process.argv.slice(2));
  if (options === 'help') {
    console.log(usage);
  } else {
    const alb = await run(options, { environment: process.env, print: (line) => console.log(line) });
    const stop = (): void => void alb.close();
    process.once('SIGINT', stop).once('SIGTERM', stop);
  }
} catch (error) {
  if (!(error instanceof LocalAlbError)) throw error;
  console.error(`${error.code}: ${error.message}`);
  process.exitCode = 1;
}
