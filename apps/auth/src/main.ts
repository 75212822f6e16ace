import 'reflect-metadata';

import { setTimeout as delay } from 'node:timers/promises';

import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';

import { AppModule } from './app.module.ts';
import { configure, createAdapter } from './application.ts';
import { Drain } from './http/drain.ts';
import { endOnFault } from './http/end-on-fault.ts';
import { stopOnSignal } from './http/stop-on-signal.ts';
import { ApplicationLogger } from './log/application-logger.ts';
import { standardOutput } from './log/destination.ts';
import { createLog } from './log/log.ts';
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
const log = createLog(standardOutput(process.stdout));
const logger = new ApplicationLogger(log);
endOnFault(process, (error) => logger.fatal(error, 'Application'));

const drain = new Drain();
const app = await NestFactory.create<NestFastifyApplication>(
  AppModule.forSettings(settings, { log, drain }),
  createAdapter(log),
  { logger, abortOnError: false },
);
configure(app, settings, { log, drain });
stopOnSignal(
  {
    begin: () => {
      drain.begin();
      logger.log('Stopping', 'Application');
    },
    drained: () => delay(settings.drainSeconds * 1000),
    close: () => app.close(),
    report: (error) => logger.error(error, 'Application'),
  },
  process,
);
// Nest has logged the reason by then: the port is taken, or the address is none of this machine.
await app.listen({ host: settings.host, port: settings.port }).catch(() => process.exit(1));
logger.log(`Listening on ${settings.host}:${settings.port} for ${settings.publicUrl}`, 'Application');
