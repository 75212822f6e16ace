import { InfraError } from '../errors.ts';
import { hasExpression } from '../terraform/expression.ts';

/** Where the servers of a login listen on this machine. */
export interface LocalAddresses {
  readonly publicKeysUrl: string;
  readonly jwksUrl: string;
  readonly hostedUrl: string;
  /** The pool's API, with the keys of its administrator. */
  readonly poolApi: {
    readonly url: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
  };
  /** The certificate authority that all of them are trusted by. */
  readonly caFile: string;
}

/**
 * The variables an application gets on this machine: those of its container, with the addresses of this machine's
 * servers in place of Amazon's. Identities (issuer, signer, client) stay as synthesized.
 *
 * @throws {InfraError} `REFERENCE_UNRESOLVED`
 */
export function applicationEnvironment(
  container: Readonly<Record<string, string>>,
  addresses: LocalAddresses,
): Readonly<Record<string, string>> {
  const environment = {
    ...container,
    ALB_PUBLIC_KEYS_URL: addresses.publicKeysUrl,
    COGNITO_JWKS_URL: addresses.jwksUrl,
    COGNITO_HOSTED_URL: addresses.hostedUrl,
    NODE_EXTRA_CA_CERTS: addresses.caFile,
    ...(container['COGNITO_USER_POOL_ID'] !== undefined && sdkVariables(addresses.poolApi)),
  };
  for (const [name, value] of Object.entries(environment)) {
    if (hasExpression(value)) {
      throw new InfraError(
        'REFERENCE_UNRESOLVED',
        `The application's ${name} is ${value}, which has no counterpart on this machine. ` +
          'Add one in tools/nx-infra/src/terraform/counterpart.ts, or use an output that has one.',
      );
    }
  }
  return environment;
}

/**
 * What leads the AWS SDK to the pool of this machine, in place of the role of the task. Where no user is administered,
 * the application gets no keys, as its role has no rights on AWS.
 */
function sdkVariables(api: LocalAddresses['poolApi']): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: api.url,
    AWS_ACCESS_KEY_ID: api.accessKeyId,
    AWS_SECRET_ACCESS_KEY: api.secretAccessKey,
  };
}
