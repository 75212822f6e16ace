import 'reflect-metadata';

import { ConsoleLogger, Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';

import { AppModule } from './app.module.ts';
import { configure, createAdapter } from './application.ts';
import { stopOnSignal } from './http/stop-on-signal.ts';
import { readSettings } from './settings/read-settings.ts';

/** Lines of JSON for a log collector, text for a person. */
const terminal = process.stdout.isTTY;
const logger = new ConsoleLogger({ json: !terminal, colors: terminal });

try {
  const settings = readSettings(process.env);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.forSettings(settings), createAdapter(), {
    logger,
    abortOnError: false,
  });
  configure(app, settings);
  stopOnSignal(app, process, (error) => new Logger('Shutdown').error(error));
  await app.listen({ host: settings.host, port: settings.port });
  new Logger('Application').log(`Listening on ${settings.host}:${settings.port} for ${settings.publicUrl}`);
} catch (error) {
  // Not through the logger, and without a stack: what is wrong is outside of the program, one line for each problem.
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
