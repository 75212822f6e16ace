import { type Clock } from '../clock.ts';
import { type Log } from '../log.ts';
import { type Mailbox } from '../mail/mailbox.ts';
import { type UserPoolSettings } from '../settings/user-pool-settings.ts';
import { type Attempts } from '../users/attempts.ts';
import { type PasswordCheck } from '../users/credential.ts';
import { type UserDirectory } from '../users/directory.ts';
import { type Quota } from '../users/quota.ts';

/** What everything that happens to an account works with. `settings` is asked each time. */
export interface PoolParts {
  readonly settings: () => UserPoolSettings;
  readonly users: UserDirectory;
  readonly passwords: PasswordCheck;
  readonly attempts: Attempts;
  /** How many messages a user is sent. */
  readonly mailQuota: Quota;
  readonly mailbox: Mailbox;
  /** Ends every token of a user. Resolves when that is on the disk. */
  readonly endSignIns: (sub: string) => Promise<void>;
  readonly clock: Clock;
  readonly log: Log;
}
