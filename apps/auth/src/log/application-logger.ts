import { ConsoleLogger } from '@nestjs/common';

/** NestJS tells of every module and route at each start: some twenty lines that are the same every time. */
const FRAMEWORK_CONTEXTS: ReadonlySet<unknown> = new Set([
  'InstanceLoader',
  'NestApplication',
  'NestFactory',
  'RouterExplorer',
  'RoutesResolver',
]);

/** Lines of JSON for a log collector, text for a person at a terminal. The framework's own start is left out, its warnings are not. */
export class ApplicationLogger extends ConsoleLogger {
  constructor(terminal: boolean) {
    super({ json: !terminal, colors: terminal });
  }

  override log(message: unknown, ...rest: unknown[]): void {
    if (FRAMEWORK_CONTEXTS.has(rest.at(-1))) return;
    super.log(message, ...rest);
  }
}
