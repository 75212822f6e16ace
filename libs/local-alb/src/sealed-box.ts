import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ivLength = 12;
const tagLength = 16;

/** Of 16K at most each. */
const maximumRemembered = 500;

interface Opened {
  /** What it was sealed for; for another purpose it does not open. */
  readonly purpose: string;
  readonly text: string;
  /** Once it was asked for. */
  json?: unknown;
}

/**
 * Text that only its maker can read or change: AES-256-GCM, in standard Base64 as an ALB's cookies and `state` are.
 *
 * The purpose is authenticated with the text (additional data, NIST SP 800-38D section 5.2.1.1): what was sealed for
 * one purpose does not open for another, so neither a login state nor the session of another cookie is a session.
 */
export class SealedBox {
  readonly #key: Buffer;
  /** A browser sends the same session with every request: what was opened lately need not be opened again. */
  readonly #opened = new Map<string, Opened>();

  /** @param key 32 bytes */
  constructor(key: Buffer) {
    this.#key = key;
  }

  seal(text: string, purpose: string): string {
    // Random 96-bit nonces are safe for some 2^32 boxes of one key (NIST SP 800-38D section 8.3).
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv('aes-256-gcm', this.#key, iv, { authTagLength: tagLength });
    cipher.setAAD(Buffer.from(purpose));
    const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return sealed.toString('base64');
  }

  /** The text, or nothing when the box was not sealed with this key and for this purpose, or was changed since. */
  open(box: string, purpose: string): string | undefined {
    return this.#recall(box, purpose)?.text;
  }

  /** As {@link open}, of what was sealed as JSON. The same box gives the same value again: do not change it. */
  openJson(box: string, purpose: string): unknown {
    const opened = this.#recall(box, purpose);
    if (opened === undefined) return undefined;
    return (opened.json ??= JSON.parse(opened.text));
  }

  #recall(box: string, purpose: string): Opened | undefined {
    const known = this.#opened.get(box);
    if (known !== undefined) return known.purpose === purpose ? known : undefined;
    const text = this.#open(box, purpose);
    if (text === undefined) return undefined;
    const opened: Opened = { purpose, text };
    this.#opened.set(box, opened);
    const [oldest] = this.#opened.keys();
    if (this.#opened.size > maximumRemembered && oldest !== undefined) this.#opened.delete(oldest);
    return opened;
  }

  #open(box: string, purpose: string): string | undefined {
    const bytes = Buffer.from(box, 'base64');
    // Node skips what is not Base64; one box must have one spelling only.
    if (bytes.length < ivLength + tagLength || bytes.toString('base64') !== box) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', this.#key, bytes.subarray(0, ivLength), {
      authTagLength: tagLength,
    });
    decipher.setAAD(Buffer.from(purpose));
    decipher.setAuthTag(bytes.subarray(-tagLength));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(ivLength, -tagLength)), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}
