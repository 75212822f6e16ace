import { InfraError } from '../errors.ts';

/** `use_lockfile` of the S3 backend came with 1.10; the stacks' `required_version` says the same. */
const OLDEST = [1, 10] as const;
const INSTALL = 'Install it from https://developer.hashicorp.com/terraform/install';

/**
 * Reads `terraform version -json`.
 *
 * @returns the version, such as `1.11.4`
 * @throws {InfraError} `TERRAFORM_TOO_OLD`; `TERRAFORM_FAILED` where this is not an answer of Terraform
 */
export function requireVersion(answer: string): string {
  const version = /"terraform_version":\s*"(\d+)\.(\d+)(\.[^"]+)"/.exec(answer);
  if (version === null) {
    throw new InfraError('TERRAFORM_FAILED', `terraform version does not say which it is. ${INSTALL}.`);
  }
  const [, major = '', minor = '', rest = ''] = version;
  const found = `${major}.${minor}${rest}`;
  const [oldestMajor, oldestMinor] = OLDEST;
  if (Number(major) > oldestMajor || (Number(major) === oldestMajor && Number(minor) >= oldestMinor)) return found;
  throw new InfraError(
    'TERRAFORM_TOO_OLD',
    `Terraform ${found} is too old: ${OLDEST.join('.')} is the first that locks a state in S3 itself. ${INSTALL}.`,
  );
}

/** There is no `terraform` on the path. */
export function terraformMissing(cause: unknown): InfraError {
  return new InfraError(
    'TERRAFORM_MISSING',
    `There is no terraform on the path, which validates, plans and applies the stacks. ${INSTALL}, ${OLDEST.join('.')} or newer.`,
    { cause },
  );
}
