/** An account elsewhere that a user signs in with (federation), as the pool has it. */
export interface Identity {
  /** The subject at the provider. */
  readonly userId: string;
  /** The pool's name of the provider. */
  readonly providerName: string;
  /** For example `SAML`, `OIDC`, `Google`. */
  readonly providerType?: string;
  /** Of a SAML provider. */
  readonly issuer?: string;
  readonly primary: boolean;
  /** When the accounts were linked; milliseconds since 1970. */
  readonly createdAt?: number;
}

/** Cognito bounds an attribute at 2048 characters, which is some 10 identities. */
const MAX_IDENTITIES = 100;

/**
 * Reads the claim `identities`: a list in a token of Cognito's, a JSON *text* of it in what a load balancer hands on.
 * There, `primary` and `dateCreated` may be text too.
 *
 * @returns undefined when it is there and is no such thing: with it missing, a federated user would pass for a local one
 */
export function readIdentities(claim: unknown): readonly Identity[] | undefined {
  if (claim === undefined) return NONE;
  const list = typeof claim === 'string' ? parsed(claim) : claim;
  if (!Array.isArray(list) || list.length > MAX_IDENTITIES) return undefined;
  const identities = list.map(readIdentity);
  return identities.every((identity) => identity !== undefined) ? Object.freeze(identities) : undefined;
}

const NONE: readonly Identity[] = Object.freeze([]);

function readIdentity(value: unknown): Identity | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { userId, providerName, providerType, issuer, primary, dateCreated } = value as Record<string, unknown>;
  if (!isText(userId) || !isText(providerName)) return undefined;
  if (!isOptionalText(providerType) || !isOptionalText(issuer)) return undefined;
  const isPrimary = primary === true || primary === 'true';
  if (!isPrimary && ![false, 'false', undefined, null].includes(primary as never)) return undefined;
  const createdAt = readTime(dateCreated);
  if (createdAt === undefined && dateCreated !== undefined && dateCreated !== null) return undefined;
  return Object.freeze({
    userId,
    providerName,
    ...(isText(providerType) && { providerType }),
    ...(isText(issuer) && { issuer }),
    primary: isPrimary,
    ...(createdAt !== undefined && { createdAt }),
  });
}

function readTime(value: unknown): number | undefined {
  const time = typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
  return typeof time === 'number' && Number.isSafeInteger(time) && time >= 0 ? time : undefined;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** Cognito writes null where there is none. */
function isOptionalText(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
