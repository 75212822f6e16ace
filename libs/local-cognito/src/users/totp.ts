import { generateSecret, generateURI, verify } from 'otplib';
import { type Clock, epochSeconds } from '../clock.ts';

/** An authenticator app (RFC 6238: SHA-1, six digits, 30 seconds), Cognito's software token. Its owner proved to have it. */
export interface Totp {
  /** Base32. */
  readonly secret: string;
  /** Whether its owner wants to be asked for a code where the pool leaves it to them. */
  readonly enabled: boolean;
  /** Step of the last code that was taken: none before it is taken again (RFC 6238, section 5.2). */
  readonly lastStep: number;
}

export type TotpAnswer =
  { readonly kind: 'match'; readonly step: number } | { readonly kind: 'mismatch' } | { readonly kind: 'used' };

const stepSeconds = 30;

/** 20 bytes (RFC 4226, section 4, R6). */
export function makeTotpSecret(): string {
  return generateSecret({ length: 20 });
}

/** For an authenticator app, as a link. Holds the secret. */
export function totpUri(secret: string, issuer: string, label: string): string {
  return generateURI({ issuer, label, secret });
}

/** Compares a code, one step of clock difference allowed each way. */
export async function checkTotp(
  totp: Pick<Totp, 'lastStep' | 'secret'>,
  code: string,
  clock: Clock,
): Promise<TotpAnswer> {
  if (!/^\d{6}$/.test(code)) return { kind: 'mismatch' };
  const epoch = epochSeconds(clock);
  const answer = await verify({ secret: totp.secret, token: code, epoch, epochTolerance: stepSeconds });
  if (!answer.valid) return { kind: 'mismatch' };
  const step = Math.floor(epoch / stepSeconds) + answer.delta;
  return step <= totp.lastStep ? { kind: 'used' } : { kind: 'match', step };
}
