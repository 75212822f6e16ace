import { blocks } from '../terraform/synthesized.ts';
import { type Invariant, ofTypes } from './invariant.ts';
import { BUCKET_BLOCKS, BUCKETS, HOLDS_DATA } from './types.ts';

const CLOSED = ['block_public_acls', 'block_public_policy', 'ignore_public_acls', 'restrict_public_buckets'];

/** Every bucket is closed to the public, whatever its policy or the objects in it say. */
export const bucketClosed: Invariant = (system) => {
  const closed = ofTypes(system, BUCKET_BLOCKS)
    .filter(({ body }) => CLOSED.every((key) => body[key] === true))
    .map(({ stack, body }) => system.references.resource(stack, body['bucket'], ['id', 'bucket'])?.address);
  return ofTypes(system, BUCKETS)
    .filter(({ address }) => !closed.includes(address))
    .map(({ address }) => ({
      code: 'BUCKET_OPEN',
      address,
      what: 'the bucket has no public access block with all four settings on',
      why: 'one wrong statement in its policy would show it to everybody, and access logs name who came from where',
      mend: 'give it an aws_s3_bucket_public_access_block with all four true, by reference',
    }));
};

/** Where the environment protects its data, Terraform refuses to destroy what holds it. */
export const dataProtected: Invariant = (system) =>
  !system.environment.deletionProtection
    ? []
    : ofTypes(system, HOLDS_DATA)
        .filter(({ body }) => !blocks(body, 'lifecycle').some((lifecycle) => lifecycle['prevent_destroy'] === true))
        .map(({ address }) => ({
          code: 'DATA_UNPROTECTED',
          address,
          what: 'the resource holds data and may be destroyed',
          why: 'deletionProtection is on, and a renamed construct or a changed argument would replace it, data and all',
          mend: 'spread protect(environment) into its properties (stacks/protect.ts)',
        }));
