import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/** A password, hashed with scrypt (RFC 7914) at Node's defaults: N 16384, r 8, p 1; about 50 ms. */
export interface PasswordHash {
  readonly salt: Buffer;
  readonly key: Buffer;
}

const keyLength = 32;

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt, key: await derive(password, salt) };
}

export async function passwordMatches(password: string, hash: PasswordHash): Promise<boolean> {
  return timingSafeEqual(await derive(password, hash.salt), hash.key);
}

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    // NFKC: the same password typed on another keyboard may arrive composed differently (NIST SP 800-63B, 5.1.1.2).
    scrypt(password.normalize('NFKC'), salt, keyLength, (error, key) => (error ? reject(error) : resolve(key)));
  });
}
