import { type DynamicModule, Global, Inject, Module } from '@nestjs/common';
import { type Fetch } from '../../fetch.ts';
import { type ClaimsSettings } from '../../settings.ts';
import { LocalLogin } from '../../testing/local-login.ts';
import { type LocalUser } from '../../testing/local-login.ts';
import { CLAIMS_FETCH, CLAIMS_SETTINGS } from '../tokens.ts';

/**
 * Signs users in to an application under test: imported beside the application's own module, whose `ClaimsModule` then
 * fetches its keys from a local signer. That is the only thing that is replaced, so each request goes through the
 * settings, the verification and the guard of production.
 *
 * ```ts
 * const testing = await Test.createTestingModule({ imports: [AppModule, ClaimsTestingModule] }).compile();
 * const { signAs } = testing.get(ClaimsTestingModule);
 * ```
 */
@Global()
@Module({
  providers: [
    {
      provide: LocalLogin,
      inject: [CLAIMS_SETTINGS],
      useFactory: (settings: ClaimsSettings) => new LocalLogin(settings),
    },
    { provide: CLAIMS_FETCH, inject: [LocalLogin], useFactory: ({ fetch }: LocalLogin): Fetch => fetch },
  ],
  exports: [CLAIMS_FETCH, LocalLogin],
})
export class ClaimsTestingModule {
  constructor(@Inject(LocalLogin) readonly login: LocalLogin) {}

  /** Uses a signer of your own, such as one whose keys cannot be fetched. */
  static with(login: LocalLogin): DynamicModule {
    return { module: ClaimsTestingModule, providers: [{ provide: LocalLogin, useValue: login }] };
  }

  /** The headers that the load balancer would add to a request of this user. */
  readonly signAs = (user: LocalUser): Readonly<Record<string, string>> => this.login.signAs(user);

  /** The headers of an API client that has a bearer token of this user. */
  readonly bearerAs = (user: LocalUser, clientId?: string): { authorization: string } =>
    this.login.bearerAs(user, clientId);
}
