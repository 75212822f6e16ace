export { type Clock } from './clock.ts';
export { LocalUserPoolError, type LocalUserPoolErrorCode } from './errors.ts';
export { type LocalUserPool, type LocalUserPoolOptions, startLocalUserPool } from './local-user-pool.ts';
export { type Log, type LogEntry } from './log.ts';
export { type Mail } from './mail/mailbox.ts';
export { type Endpoints } from './oauth/endpoints.ts';
export { readUserPool } from './settings/read-user-pool.ts';
export {
  type AppClientSettings,
  type PasswordPolicy,
  type SignInSettings,
  type UserPoolSettings,
} from './settings/user-pool-settings.ts';
