import 'reflect-metadata';

import { Logger } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';

import { AppModule } from './app.module.ts';
import { configure, createAdapter } from './application.ts';
import { stopOnSignal } from './http/stop-on-signal.ts';
import { ApplicationLogger } from './log/application-logger.ts';
import { readSettings } from './settings/read-settings.ts';
import { SettingsError } from './settings/settings.error.ts';
import { type Settings } from './settings/settings.ts';

function settingsOrExit(): Settings {
  try {
    return readSettings(process.env);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    // Not through the logger, and without a stack: what is wrong is outside of the program, one line for each problem.
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}

const settings = settingsOrExit();
const app = await NestFactory.create<NestFastifyApplication>(AppModule.forSettings(settings), createAdapter(), {
  logger: new ApplicationLogger(process.stdout.isTTY),
  abortOnError: false,
});
configure(app, settings);
stopOnSignal(app, process, (error) => new Logger('Shutdown').error(error));
// Nest has logged the reason by then: the port is taken, or the address is none of this machine.
await app.listen({ host: settings.host, port: settings.port }).catch(() => process.exit(1));
new Logger('Application').log(`Listening on ${settings.host}:${settings.port} for ${settings.publicUrl}`);
