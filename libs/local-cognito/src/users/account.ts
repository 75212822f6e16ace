import { type Credential } from './credential.ts';
import { type Totp } from './totp.ts';
import { type User } from './user.ts';
import { type PendingCode } from './verification-code.ts';

/** Why a code was sent to somebody. */
export type CodePurpose = 'confirm' | 'reset';

/** A user with what only the pool may know. Is stored whole, in the state folder. */
export interface Account {
  readonly user: User;
  readonly credential: Credential;
  /** Authenticator app; absent when there is none. */
  readonly totp?: Totp;
  /** Secret of an authenticator app that its owner is setting up. */
  readonly totpSetup?: string;
  /** Codes that were sent and wait to be typed. */
  readonly codes: Readonly<Partial<Record<CodePurpose, PendingCode>>>;
}
