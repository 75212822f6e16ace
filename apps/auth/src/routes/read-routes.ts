import { type DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';

import { AppModule } from '../app.module.ts';
import { configure, createAdapter } from '../application.ts';
import { Drain } from '../http/drain.ts';
import { createLog } from '../log/log.ts';
import { readSettings } from '../settings/read-settings.ts';
import { environment, userPoolId } from '../testdata/environment.ts';
import { listRoutes, watchRoutes } from './list-routes.ts';
import { type Route } from './route.ts';

/** With all that settings switch on: a route that is missing would be compared with no load balancer. */
const settings = readSettings({ ...environment, COGNITO_USER_POOL_ID: userPoolId });

/**
 * The routes that the application has where nothing is switched off, made as `main.ts` makes it and asked, not started.
 *
 * @param more modules besides
 */
export async function readRoutes(more: readonly DynamicModule[] = []): Promise<readonly Route[]> {
  const surroundings = { log: createLog({ write: () => undefined }), drain: new Drain() };
  const adapter = createAdapter(surroundings.log);
  const registered = watchRoutes(adapter.getInstance());
  const { imports = [], ...rest } = AppModule.forSettings(settings, surroundings);
  const module = { ...rest, imports: [...imports, ...more] };
  const options = { logger: ['error', 'fatal'] as ('error' | 'fatal')[], snapshot: true };
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, options);
  try {
    configure(app, settings, surroundings);
    await app.init();
    return listRoutes(app, registered);
  } finally {
    await app.close();
  }
}
