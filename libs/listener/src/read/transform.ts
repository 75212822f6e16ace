import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type Transform } from '../model.ts';
import { RegexError } from '../language/from-regex.ts';
import { compileRewrite } from '../rewrite/rewrite.ts';
import { block, literal, parse, type Place } from './field.ts';

/** Source: ELBv2 API, RewriteConfig. */
const rewrites = block(
  z.strictObject({
    rewrite: block(
      z.strictObject({
        regex: literal.pipe(z.string().min(1).max(1024)),
        replace: literal.pipe(z.string().max(1024)).default(''),
      }),
    ),
  }),
);

/** Source: ELBv2 API, RuleTransform; the names of the arguments are those of the AWS provider 6.22. */
const transform = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('url-rewrite'), url_rewrite_config: rewrites }),
  z.strictObject({ type: z.literal('host-header-rewrite'), host_header_rewrite_config: rewrites }),
]);

/**
 * The `transform` blocks of a rule.
 *
 * @throws ListenerError `INVALID_FIELD`, `UNKNOWN_FIELD`, `UNRESOLVED_VALUE`, `LIMIT_EXCEEDED`
 */
export function readTransforms(written: readonly unknown[], address: string): readonly Transform[] {
  const transforms = written.map((one, index): Transform => {
    const place: Place = { address, field: `transform.${index}` };
    const read = parse(transform, one, place);
    const { rewrite } = read.type === 'url-rewrite' ? read.url_rewrite_config : read.host_header_rewrite_config;
    const known = { type: read.type, ...rewrite };
    refuseUnreadable(known, place);
    return known;
  });
  if (new Set(transforms.map(({ type }) => type)).size < transforms.length) {
    throw new ListenerError('LIMIT_EXCEEDED', address, {
      field: 'transform',
      what: 'It has two transforms of one type',
      why: 'AWS accepts one of each a rule',
      mend: 'Keep one',
    });
  }
  return transforms;
}

function refuseUnreadable(transform: Transform, { address, field = '' }: Place): void {
  try {
    compileRewrite(transform);
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    throw new ListenerError('INVALID_FIELD', address, {
      field: `${field}.${transform.type.replaceAll('-', '_')}_config.rewrite.regex`,
      what: `It is a regular expression that is not read: ${error.message}`,
      why: 'What the target would be asked for cannot be known',
      mend: 'Write it without what AWS does not take, with "^" and "$" at its ends alone',
    });
  }
}
