import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { type IncomingHttpHeaders } from 'node:http';
import { SignatureV4 } from '@smithy/signature-v4';
import { type Checksum, type SourceData } from '@smithy/types';
import { type Administrator } from '../state/administrator.ts';
import { CognitoError } from './cognito-error.ts';
import { isSame } from './operation.ts';

/** A request whose signature is looked at. */
export interface SignedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

export interface SignatureOptions {
  readonly administrator: Pick<Administrator, 'accessKeyId' | 'secretAccessKey'>;
  readonly region: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const service = 'cognito-idp';
/** AWS refuses a signature that is older, or that much ahead (IAM user guide, "Troubleshoot Signature Version 4"). */
const skewMilliseconds = 300_000;
const authorizationShape =
  /^AWS4-HMAC-SHA256 Credential=([^/,\s]+)\/(\d{8})\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request,\s*SignedHeaders=([a-z0-9;-]+),\s*Signature=([0-9a-f]{64})$/;
/** Whoever signs a request says by these where it goes, when, and what it is. The body is always signed. */
const demanded = ['host', 'x-amz-date', 'x-amz-target'];

/**
 * Sees to it that the administrator signed a request (Signature Version 4). It is signed once more with the same keys by
 * AWS's own signer, and the two compared.
 *
 * @throws CognitoError `MissingAuthenticationTokenException`, `IncompleteSignatureException`,
 *   `UnrecognizedClientException`, `InvalidSignatureException`
 */
export async function requireSignature(request: SignedRequest, options: SignatureOptions): Promise<void> {
  const { headers, body } = request;
  const { administrator, region, now } = options;
  if (headers.authorization === undefined) {
    throw new CognitoError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const [, keyId, day, scopeRegion, scopeService, signedHeaders, signature] =
    authorizationShape.exec(headers.authorization) ?? [];
  const names = signedHeaders?.split(';') ?? [];
  const date = headers['x-amz-date'];
  if (signature === undefined || typeof date !== 'string' || demanded.some((name) => !names.includes(name))) {
    throw new CognitoError('IncompleteSignatureException', 'Authorization header is incomplete.');
  }
  if (!isSame(administrator.accessKeyId, keyId ?? '')) {
    throw new CognitoError('UnrecognizedClientException', 'The security token included in the request is invalid.');
  }
  const signingDate = readDate(date);
  if (
    signingDate === undefined ||
    Math.abs(signingDate.getTime() - now) > skewMilliseconds ||
    !date.startsWith(day ?? '?')
  ) {
    throw new CognitoError('InvalidSignatureException', 'Signature expired or not yet current.');
  }
  if (scopeRegion !== region || scopeService !== service) {
    throw new CognitoError('InvalidSignatureException', `Credential should be scoped to ${region} and ${service}.`);
  }
  const signer = new SignatureV4({ credentials: administrator, region, service, sha256: Sha256, applyChecksum: false });
  const signed = await signer.sign(
    {
      method: 'POST',
      protocol: 'https:',
      hostname: headers.host ?? '',
      path: '/',
      headers: Object.fromEntries(names.map((name) => [name, String(headers[name] ?? '')])),
      body,
    },
    { signingDate, signableHeaders: new Set(names) },
  );
  const [, , , , , , expected] = authorizationShape.exec(signed.headers['authorization'] ?? '') ?? [];
  if (expected === undefined || !isSame(expected, signature)) {
    throw new CognitoError(
      'InvalidSignatureException',
      'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
    );
  }
}

/** `20260102T030405Z`, ISO 8601 in its basic form. */
function readDate(text: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(text) ?? [];
  const date = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

/** Node's SHA-256 as the signer wants it. */
class Sha256 implements Checksum {
  #hash: Hash | Hmac;

  constructor(private readonly secret?: SourceData) {
    this.#hash = this.#begin();
  }

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }

  reset(): void {
    this.#hash = this.#begin();
  }

  #begin(): Hash | Hmac {
    return this.secret === undefined ? createHash('sha256') : createHmac('sha256', bytes(this.secret));
  }
}

function bytes(data: SourceData): string | Uint8Array {
  if (typeof data === 'string') return data;
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
