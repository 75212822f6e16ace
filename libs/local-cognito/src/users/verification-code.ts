import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto';
import { type Clock } from '../clock.ts';

/** A code that was mailed to somebody and waits to be typed. Six digits are soon guessed: what counts is `triesLeft`. */
export interface PendingCode {
  /** Base64, 16 bytes. */
  readonly salt: string;
  /** Base64; SHA-256 of salt and code. */
  readonly digest: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  readonly triesLeft: number;
}

export type CodeAnswer = 'exhausted' | 'expired' | 'match' | 'mismatch';

/** Five wrong tries end a code: one in 200,000 is guessed. */
const tries = 5;

/** Makes a code of six digits and what is stored of it. The code itself is for its owner's inbox alone. */
export function makeCode(
  lifetimeSeconds: number,
  clock: Clock,
): { readonly code: string; readonly pending: PendingCode } {
  const code = randomInt(1_000_000).toString().padStart(6, '0');
  const salt = randomBytes(16);
  const expiresAt = clock() + lifetimeSeconds * 1000;
  return {
    code,
    pending: {
      salt: salt.toString('base64'),
      digest: digest(salt, code).toString('base64'),
      expiresAt,
      triesLeft: tries,
    },
  };
}

/** Compares in constant time. The caller stores one try less after a mismatch, before it answers. */
export function checkCode(pending: PendingCode, code: string, clock: Clock): CodeAnswer {
  if (pending.expiresAt <= clock()) return 'expired';
  if (pending.triesLeft <= 0) return 'exhausted';
  const given = digest(Buffer.from(pending.salt, 'base64'), code);
  return timingSafeEqual(given, Buffer.from(pending.digest, 'base64')) ? 'match' : 'mismatch';
}

function digest(salt: Buffer, code: string): Buffer {
  return createHash('sha256').update(salt).update(code).digest();
}
