import { InfraError } from '../errors.ts';

/** Whether Terraform failed because there is no bucket for the states: nothing was ever applied. */
export function isNoBucket(error: unknown): boolean {
  // The code of S3 (API reference, "Error responses"), which Terraform quotes.
  return error instanceof InfraError && error.code === 'TERRAFORM_FAILED' && error.message.includes('NoSuchBucket');
}
