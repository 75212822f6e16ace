import { ClaimsTestingModule } from '@gatehouse/claims/nest/testing';
import { LocalLogin, type LocalUser } from '@gatehouse/claims/testing';
import { type ModuleMetadata } from '@nestjs/common';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';

import { AppModule } from '../app.module.ts';
import { configure, createAdapter } from '../application.ts';
import { Drain } from '../http/drain.ts';
import { ApplicationLogger } from '../log/application-logger.ts';
import { createLog } from '../log/log.ts';
import { type Clock } from '../session/clock.ts';
import { claimsSettings } from '../settings/claims-settings.ts';
import { readSettings } from '../settings/read-settings.ts';
import { type Settings } from '../settings/settings.ts';
import { type UserPool } from '../users/user-pool.ts';
import { environment } from './environment.ts';

/** The bearer client of the tests' application. */
export const bearerClientId = '2example34567890';

export const settings = readSettings({ ...environment, BEARER_CLIENT_IDS: bearerClientId });

/** A member of `users`. */
export const ada: LocalUser = {
  subject: '5f2c9a1e-8b3d-4c6f-9a7e-1d2b3c4e5f60',
  username: 'ada',
  groups: ['users'],
  claims: { name: 'Ada Lovelace', email: 'ada@example.com', email_verified: 'true' },
};

/** A member of `admins`. */
export const grace: LocalUser = {
  subject: '7a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d',
  username: 'grace',
  groups: ['admins', 'users'],
  claims: { name: 'Grace Hopper', email: 'grace@example.com', email_verified: 'true' },
};

/** A browser's `Accept` of a page. */
export const browser = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } as const;

/** What differs from the application as it is delivered. */
export interface Changes {
  readonly settings?: Partial<Settings>;
  /** @default the pool that the settings name, if any */
  readonly userPool?: UserPool;
  /** Modules with routes of a test. */
  readonly imports?: NonNullable<ModuleMetadata['imports']>;
  /** What a test sets up that cannot be once the application is initialized. */
  readonly prepare?: (nest: NestFastifyApplication) => void;
}

/** The whole application, with a real signer and a real pool whose key hosts answer without a network. */
export class RunningApp {
  private constructor(
    readonly nest: NestFastifyApplication,
    readonly login: LocalLogin,
    /** All that was logged, a JSON text a line. */
    readonly lines: readonly string[],
  ) {}

  /** @param login who signs; by default the load balancer and the pool that the settings name */
  static async start(
    login = localLogin(),
    clock: Clock = () => new Date(),
    { settings: changed = {}, imports: added = [], userPool, prepare }: Changes = {},
  ): Promise<RunningApp> {
    const lines: string[] = [];
    const log = createLog({ write: (line) => lines.push(line) });
    const drain = new Drain();
    const chosen = { ...settings, ...changed };
    const edges = { clock, log, drain, ...(userPool !== undefined && { userPool }) };
    const imports = [AppModule.forSettings(chosen, edges), ClaimsTestingModule.with(login), ...added];
    const module = await Test.createTestingModule({ imports }).compile();
    const nest = module.createNestApplication<NestFastifyApplication>(createAdapter(log), {
      logger: new ApplicationLogger(log),
    });
    configure(nest, chosen, { log, drain });
    prepare?.(nest);
    await nest.init();
    return new RunningApp(nest, login, lines);
  }

  /** The lines of one kind, such as `request` and `audit`. */
  logged(msg: string): readonly Readonly<Record<string, unknown>>[] {
    return this.lines
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
      .filter((line) => line['msg'] === msg);
  }

  /** The headers of a user's request behind the load balancer. */
  as(user: LocalUser): Readonly<Record<string, string>> {
    return this.login.signAs(user);
  }

  async get(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Reply> {
    return this.request('GET', url, headers);
  }

  async request(
    method: Method,
    url: string,
    headers: Readonly<Record<string, string>> = {},
    payload?: string,
  ): Promise<Reply> {
    const question = { method, url, headers, ...(payload !== undefined && { payload }) };
    const { statusCode, headers: answered, body } = await this.nest.inject(question);
    return { status: statusCode, headers: answered, body };
  }
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'OPTIONS';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
  readonly body: string;
}

/** Another load balancer and pool of the same names, with keys of their own. */
export function localLogin(): LocalLogin {
  return new LocalLogin(claimsSettings(settings));
}
