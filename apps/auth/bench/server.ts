/**
 * A server of the application's make (its adapter, headers, filter, access log and guard) with the two routes of the
 * benchmark. Tells its parent where it listens and the headers of so many signed-in users, and ends with it.
 */
import 'reflect-metadata';

import { type ClaimsSettings } from '@gatehouse/claims';
import { ClaimsModule } from '@gatehouse/claims/nest';
import { LocalLogin } from '@gatehouse/claims/testing';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';

import { configure, createAdapter } from '../src/application.ts';
import { Drain } from '../src/http/drain.ts';
import { ApplicationLogger } from '../src/log/application-logger.ts';
import { standardOutput } from '../src/log/destination.ts';
import { createLog } from '../src/log/log.ts';
import { readSettings } from '../src/settings/read-settings.ts';
import { environment } from '../src/testdata/environment.ts';
import { type ServerReady, type ServerRequest } from './messages.ts';
import { BenchController } from './routes.ts';

const { cache, users } = JSON.parse(process.argv[2] ?? '') as ServerRequest;
const settings = readSettings(environment);
const claimsSettings: ClaimsSettings = {
  albArn: settings.albArn,
  albPublicKeysUrl: settings.albPublicKeysUrl,
  issuer: settings.cognitoIssuer,
  clientId: settings.cognitoClientId,
  jwksUrl: settings.cognitoJwksUrl,
  ...(cache === 'off' && { cacheEntries: null }),
};
const login = new LocalLogin(claimsSettings);

@Module({ imports: [ClaimsModule.forRoot(claimsSettings, { fetch: login.fetch })], controllers: [BenchController] })
class BenchModule {}

const log = createLog(standardOutput(process.stdout));
const app = await NestFactory.create<NestFastifyApplication>(BenchModule, createAdapter(log), {
  logger: new ApplicationLogger(log),
});
configure(app, settings, { log, drain: new Drain() });
await app.listen({ host: '127.0.0.1', port: 0 });

const identities = Array.from({ length: users }, (_, index) => {
  const raw = login.headersOf({
    subject: `6b1f7c52-0f1e-4f0b-9d0e-${index.toString(16).padStart(12, '0')}`,
    username: `user-${index}`,
    groups: ['users', 'analysts'],
    claims: { email: `user-${index}@example.com`, email_verified: 'true', name: `User ${index}` },
  });
  return Object.fromEntries(raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : [])));
});
const { port } = new URL(await app.getUrl());
process.send?.({ port: Number(port), identities } satisfies ServerReady);
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.((user + system) / 1e6);
});
process.once('disconnect', () => process.exit());
