import { InfraError } from '../../errors.ts';
import { type Assumption } from './assumption.ts';

const IMAGE_DIGEST = 'image_digest';
const DIGEST = /^sha256:[0-9a-f]{64}$/;
/** Of no image. */
const NO_DIGEST = `sha256:${'0'.repeat(64)}`;

/** The variables of a stack's plan. */
export interface Variables {
  readonly values: Readonly<Record<string, string>>;
  readonly assumptions: readonly Assumption[];
}

/**
 * The image that the ecs stack is planned with. A stack without that variable gets none.
 *
 * @param json the stack's
 * @param digest of the image: `sha256:` and 64 hexadecimal digits
 */
export function planVariables(json: Readonly<Record<string, unknown>>, digest: string | undefined): Variables {
  const declared = json['variable'];
  if (typeof declared !== 'object' || declared === null || !(IMAGE_DIGEST in declared)) {
    return { values: {}, assumptions: [] };
  }
  if (digest !== undefined) return { values: { [IMAGE_DIGEST]: digest }, assumptions: [] };
  return {
    values: { [IMAGE_DIGEST]: NO_DIGEST },
    assumptions: [{ name: `var.${IMAGE_DIGEST}`, value: NO_DIGEST, because: 'not-given' }],
  };
}

/**
 * The digest that an option or, without it, `TF_VAR_image_digest` gives.
 *
 * @throws {InfraError} `OPTION_INVALID`
 */
export function imageDigest(option: string | undefined, env: NodeJS.ProcessEnv): string | undefined {
  const digest = option ?? env[`TF_VAR_${IMAGE_DIGEST}`];
  if (digest === undefined || DIGEST.test(digest)) return digest;
  throw new InfraError(
    'OPTION_INVALID',
    `${digest} is no digest of an image: a tag can be moved, so --image-digest is "sha256:" and 64 hexadecimal digits, ` +
      'as docker push prints it.',
  );
}
