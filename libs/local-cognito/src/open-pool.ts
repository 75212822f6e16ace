import { type PoolParts } from './accounts/pool-parts.ts';
import { type Clock } from './clock.ts';
import { type Log } from './log.ts';
import { type Deliver, Mailbox } from './mail/mailbox.ts';
import { issuerOf } from './oauth/endpoints.ts';
import { Sessions } from './oauth/sessions.ts';
import { loadOidcProvider } from './provider/load.ts';
import { type CodeProvider, createCodeProvider } from './provider/provider.ts';
import { type UserPoolSettings } from './settings/user-pool-settings.ts';
import { type Administrator, loadAdministrator } from './state/administrator.ts';
import { SigningKey } from './state/signing-key.ts';
import { StateStore } from './state/state-store.ts';
import { Attempts } from './users/attempts.ts';
import { PasswordCheck } from './users/credential.ts';
import { UserDirectory } from './users/directory.ts';
import { Pretences } from './users/pretences.ts';
import { Quota } from './users/quota.ts';
import { readUsersFile } from './users/users-file.ts';

export interface OpenPoolOptions {
  readonly settings: () => UserPoolSettings;
  readonly clientSecret: (clientId: string) => string | undefined;
  readonly usersFile: string;
  readonly stateFolder: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly deliver: Deliver;
}

/** A user pool without a socket. */
export interface OpenPool {
  readonly pool: PoolParts;
  readonly provider: CodeProvider;
  readonly sessions: Sessions;
  readonly administrator: Administrator;
  readonly state: StateStore;
}

/** Developer guide, "Limits": how often a code for a forgotten password is sent. */
const mailsAnHour = 5;

/**
 * Puts the pool together from its state folder and its seed file.
 *
 * @throws LocalUserPoolError `USERS_INVALID`, `STATE_IN_USE`, `STATE_UNREADABLE` or `PROVIDER_INCOMPATIBLE`
 */
export async function openPool(options: OpenPoolOptions): Promise<OpenPool> {
  const { settings, clientSecret, usersFile, stateFolder, clock, log } = options;
  const [oidc, seed, key, administrator, passwords] = await Promise.all([
    loadOidcProvider(),
    readUsersFile(usersFile, issuerOf(settings()), settings()),
    SigningKey.load(stateFolder),
    loadAdministrator(stateFolder),
    PasswordCheck.create(clock),
  ]);
  for (const { user, password } of seed) passwords.seed(user.sub, password);
  const state = await StateStore.open(stateFolder);
  try {
    const users = await UserDirectory.open(
      state,
      clock,
      seed.map(({ user }) => user),
    );
    const provider = await createCodeProvider({ oidc, settings, users, key, clock, log, state, clientSecret });
    const deliver: Deliver = (mail) => {
      log({ level: 'info', event: 'mail_sent', message: `a mail to ${mail.to} is in the inbox` });
      options.deliver(mail);
    };
    const pool: PoolParts = {
      settings,
      users,
      passwords,
      attempts: new Attempts(clock),
      mailQuota: new Quota(clock, { most: mailsAnHour, windowSeconds: 3600 }),
      pretences: new Pretences(clock),
      mailbox: new Mailbox(clock, deliver),
      endSignIns: (sub) => provider.endSignIns(sub),
      clock,
      log,
    };
    return { pool, provider, sessions: await Sessions.open(state, clock), administrator, state };
  } catch (error) {
    await state.close();
    throw error;
  }
}
