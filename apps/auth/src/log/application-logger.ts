import { type LoggerService } from '@nestjs/common';

import { errorRecord } from './error-record.ts';
import { type Log } from './log.ts';

/** NestJS tells of every module and route at each start: some twenty lines that are the same every time. */
const FRAMEWORK_CONTEXTS: ReadonlySet<unknown> = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

type Level = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace';

/**
 * What NestJS and libraries say, in the application's one log. Texts and errors only: an object that somebody logs is
 * named by its type, as it may be a request. The framework's own start is left out, its warnings are not.
 */
export class ApplicationLogger implements LoggerService {
  constructor(private readonly sink: Log) {}

  log(message: unknown, ...rest: readonly unknown[]): void {
    if (!FRAMEWORK_CONTEXTS.has(rest.at(-1))) this.#write('info', message, rest);
  }

  fatal(message: unknown, ...rest: readonly unknown[]): void {
    this.#write('fatal', message, rest);
  }

  error(message: unknown, ...rest: readonly unknown[]): void {
    this.#write('error', message, rest);
  }

  warn(message: unknown, ...rest: readonly unknown[]): void {
    this.#write('warn', message, rest);
  }

  debug(message: unknown, ...rest: readonly unknown[]): void {
    this.#write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: readonly unknown[]): void {
    this.#write('trace', message, rest);
  }

  /** NestJS puts the context last; before it may come a stack, which begins with a message. */
  #write(level: Level, message: unknown, rest: readonly unknown[]): void {
    const last = rest.at(-1);
    const context = typeof last === 'string' && /^[\w .:-]{1,64}$/.test(last) ? { context: last } : {};
    if (message instanceof Error) this.sink[level]({ ...context, error: errorRecord(message) }, 'error');
    else this.sink[level](context, typeof message === 'string' ? message : `(${typeof message})`);
  }
}
