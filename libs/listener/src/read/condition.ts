import { isIP } from 'node:net';
import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type Case, expressionOfRegex, RegexError } from '../language/from-regex.ts';
import { type Condition, type Patterns } from '../model.ts';
import { block, blocks, literal, parse, type Place } from './field.ts';

/** Visible ASCII, at most 128 characters. Source: ELBv2 API, RuleCondition. */
const pattern = literal.pipe(
  z
    .string()
    .min(1)
    .max(128)
    .regex(/^[\x20-\x7e]*$/, 'only visible ASCII is matched'),
);

/**
 * Source: User Guide, "Host conditions". Its console page also has `_`, and the guide's older text wants letters alone
 * after the last dot; the wider reading is taken.
 */
const host = pattern.pipe(
  z
    .string()
    .regex(/^[A-Za-z0-9._*?-]+$/, 'a host may hold A-Z, a-z, 0-9, "-", ".", "_" and the wildcards * and ?')
    .regex(/\.[A-Za-z0-9]+$/, 'a host needs a ".", with letters or digits alone after the last one'),
);

/** Source: User Guide, "Path conditions". */
const path = pattern.pipe(
  z
    .string()
    .regex(
      /^[\w\-.$/~"'@:+&*?]+$/,
      'a path may hold A-Z, a-z, 0-9, _ - . $ / ~ " \' @ : + & and the wildcards * and ?',
    ),
);

/** Source: ELBv2 API, HttpHeaderConditionConfig: a field name of RFC 9110, without wildcards. */
const headerName = literal.pipe(
  z
    .string()
    .max(40)
    .regex(/^[\w!#$%&'+.^`|~-]+$/, 'a header name is up to 40 characters of an HTTP field name, without wildcards')
    .refine((name) => name.toLowerCase() !== 'host', 'use a host_header condition for the Host header'),
);

/** Source: ELBv2 API, HttpRequestMethodConditionConfig. */
const method = literal.pipe(
  z
    .string()
    .max(40)
    .regex(/^[A-Z_-]+$/, 'a method is up to 40 of A-Z, "-" and "_", without wildcards'),
);

/** Source: ELBv2 API, SourceIpConditionConfig. */
const cidr = literal.pipe(
  z
    .string()
    .refine(isCidr, 'expected an address range such as 192.0.2.0/24 or 2001:db8::/32')
    .refine((range) => range !== '255.255.255.255/32', '255.255.255.255/32 is not accepted by AWS'),
);

function isCidr(text: string): boolean {
  const [address = '', bits = '', ...rest] = text.split('/');
  const version = isIP(address);
  return (
    version !== 0 &&
    !address.includes('%') &&
    rest.length === 0 &&
    /^\d{1,3}$/.test(bits) &&
    Number(bits) <= (version === 4 ? 32 : 128)
  );
}

/** A list that a plan does not know is one reference. */
function listOf<T extends z.ZodType>(value: T): z.ZodType<readonly z.output<T>[]> {
  return z.preprocess((list) => (typeof list === 'string' ? [list] : list), z.array(value).min(1));
}

function values<T extends z.ZodType>(value: T): z.ZodType<{ readonly values: readonly z.output<T>[] }> {
  return block(z.strictObject({ values: listOf(value) }));
}

/** Source: ELBv2 API, RegexValues of the three conditions that have them. */
const regex = (letters: Case) =>
  literal.pipe(
    z
      .string()
      .min(1)
      .max(128)
      .superRefine((text, context) => {
        try {
          expressionOfRegex(text, letters);
        } catch (error) {
          if (!(error instanceof RegexError)) throw error;
          context.addIssue(`a regular expression that is not read: ${error.message}`);
        }
      }),
  );

/** Values or regular expressions: one of the two. */
function patterns<T extends z.ZodType<string>>(value: T, letters: Case): z.ZodObject<PatternShape> {
  return z.strictObject({ values: listOf(value).optional(), regex_values: listOf(regex(letters)).optional() });
}

type PatternShape = Readonly<Record<'values' | 'regex_values', z.ZodOptional<z.ZodType<readonly string[]>>>>;

function oneOfBoth<T extends { readonly values?: unknown; readonly regex_values?: unknown }>(read: T): boolean {
  return (read.values === undefined) !== (read.regex_values === undefined);
}

const wantsOne = 'expected either values or regex_values';

function patternsOf(read: {
  readonly values?: readonly string[] | undefined;
  readonly regex_values?: readonly string[] | undefined;
}): Patterns {
  return { values: read.values ?? [], ...(read.regex_values === undefined ? {} : { regexValues: read.regex_values }) };
}

const queryStringValue = z
  .strictObject({ key: literal.pipe(z.string().max(128)).optional(), value: pattern })
  // The provider leaves an empty key out (internal/service/elbv2/listener_rule.go).
  .transform(({ key, value }) => (key === undefined || key === '' ? { value } : { key, value }));

const hostHeader = block(patterns(host, 'insensitive').refine(oneOfBoth, wantsOne));
const pathPattern = block(patterns(path, 'sensitive').refine(oneOfBoth, wantsOne));
const httpHeader = block(
  patterns(pattern, 'insensitive').extend({ http_header_name: headerName }).refine(oneOfBoth, wantsOne),
);

/** Each block of the provider's `condition`, and how it is read. */
const readers: Readonly<Record<string, (body: unknown, place: Place) => Condition>> = {
  host_header: (body, place) => ({ field: 'host-header', ...patternsOf(parse(hostHeader, body, place)) }),
  path_pattern: (body, place) => ({ field: 'path-pattern', ...patternsOf(parse(pathPattern, body, place)) }),
  http_request_method: (body, place) => ({ field: 'http-request-method', ...parse(values(method), body, place) }),
  source_ip: (body, place) => ({ field: 'source-ip', ...parse(values(cidr), body, place) }),
  query_string: (body, place) => ({ field: 'query-string', values: parse(blocks(queryStringValue), body, place) }),
  http_header: (body, place) => {
    const read = parse(httpHeader, body, place);
    return { field: 'http-header', name: read.http_header_name, ...patternsOf(read) };
  },
};

/**
 * One `condition` block of a rule.
 *
 * @param place the address of the rule, and the path of the block
 *
 * @throws ListenerError `UNKNOWN_CONDITION`, `INVALID_FIELD`, `UNKNOWN_FIELD`, `UNRESOLVED_VALUE`
 */
export function readCondition(written: Readonly<Record<string, unknown>>, place: Required<Place>): Condition {
  const [field, ...others] = Object.keys(written);
  if (field === undefined || others.length > 0) {
    throw new ListenerError('INVALID_FIELD', place.address, {
      ...place,
      what: `A condition block holds ${field === undefined ? 'nothing' : Object.keys(written).join(' and ')}`,
      why: 'The AWS provider accepts exactly one field in a condition block',
      mend: 'Write one condition block for each field',
    });
  }
  const read = Object.hasOwn(readers, field) ? readers[field] : undefined;
  if (read === undefined) {
    throw new ListenerError('UNKNOWN_CONDITION', place.address, {
      ...place,
      what: `"${field}" is not a condition known here`,
      why: 'Which requests the rule matches cannot be told without it',
      mend: `Use ${Object.keys(readers).join(', ')}`,
    });
  }
  return read(written[field], { address: place.address, field: `${place.field}.${field}` });
}
