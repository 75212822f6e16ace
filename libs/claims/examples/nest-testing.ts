import { type ClaimsSettings } from '@gatehouse/claims';
import { ClaimsTestingModule } from '@gatehouse/claims/nest/testing';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { AppModule } from './nest.ts';

/** What an application's test does: `AppModule` is the one of production, and so is its verification. */
export async function statusOfAdmin(settings: ClaimsSettings, groups: readonly string[]): Promise<number> {
  const testing = await Test.createTestingModule({
    imports: [AppModule.for(settings), ClaimsTestingModule],
  }).compile();
  const app = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  await app.init();
  const { signAs } = app.get(ClaimsTestingModule);
  const headers = signAs({ subject: '6b1f7c52-0f1e-4f0b-9d0e-0a4a5a1c9f11', username: 'alice', groups });
  const { statusCode } = await app.inject({ url: '/admin', headers });
  await app.close();
  return statusCode;
}
