import { z } from 'zod';
import { ReviewError, type ReviewErrorCode } from '../errors.ts';
import { planSchema, type RawPlan } from './schema.ts';

/** The newest format whose meaning is known. Minor versions only add. */
const MAJOR = 1;

const why = 'What is not read would be taken for what does not change';
const show = 'terraform plan -out=plan.tfplan && terraform show -json plan.tfplan > plan.json';

/**
 * The plan in a text that `terraform show -json` printed. Messages quote nothing of the text: it may hold secrets.
 *
 * @param name what the plan goes by in messages
 * @throws ReviewError `NOT_JSON`, `TRUNCATED`, `NOT_A_PLAN`, `FORMAT_TOO_NEW`, `PLAN_MALFORMED`, `PLAN_ERRORED`
 */
export function parsePlan(text: string, name: string): RawPlan {
  return readPlanDocument(parseJson(text.replace(/^\uFEFF/, ''), name), name);
}

/** As {@link parsePlan}, of what is parsed already. */
export function readPlanDocument(document: unknown, name: string): RawPlan {
  const version = z.looseObject({ format_version: z.string() }).safeParse(document);
  if (!version.success) throw refusal('NOT_A_PLAN', name, `It is ${kindOf(document)}`);
  const major = /^(\d+)\.\d+(?:\.\d+)?$/.exec(version.data.format_version)?.[1];
  if (major === undefined) throw refusal('PLAN_MALFORMED', name, 'Its format_version is no version');
  if (Number(major) > MAJOR) {
    throw new ReviewError('FORMAT_TOO_NEW', name, {
      what: `It has format ${major}, and ${MAJOR} is the newest that is known here`,
      why: 'A new major version may say the same things in another way, so that a change would be overlooked',
      mend: 'Use a newer gatehouse-review, or the Terraform version that the project pins',
    });
  }
  if (
    !z.looseObject({ planned_values: z.unknown().refine((value) => value !== undefined) }).safeParse(document).success
  ) {
    throw refusal('NOT_A_PLAN', name, `It is ${kindOf(document)}`);
  }
  const plan = planSchema.safeParse(document);
  if (!plan.success) {
    const places = plan.error.issues.slice(0, 3).map(({ path }) => placeOf(path));
    throw refusal('PLAN_MALFORMED', name, `It is not as Terraform writes a plan, at ${places.join(', ')}`);
  }
  if (plan.data.errored === true) {
    throw new ReviewError('PLAN_ERRORED', name, {
      what: 'The plan ended with an error',
      why: 'It holds only what was planned until then',
      mend: 'Mend what terraform plan says, and plan again',
    });
  }
  return plan.data;
}

function parseJson(text: string, name: string): unknown {
  if (text.startsWith('PK\u0003\u0004'))
    throw refusal('NOT_JSON', name, 'It is a saved plan, in the form that Terraform applies');
  if (text.includes('\u0000')) throw refusal('NOT_JSON', name, 'It is not text in UTF-8');
  const trimmed = text.trim();
  if (trimmed === '') throw refusal('TRUNCATED', name, 'It is empty');
  try {
    return JSON.parse(trimmed) as unknown;
  } catch {
    if (isStream(trimmed))
      throw refusal('NOT_A_PLAN', name, 'It is the log of terraform plan -json, one message a line');
    if (trimmed.startsWith('{')) throw refusal('TRUNCATED', name, 'It begins as JSON and does not end as JSON');
    throw refusal('NOT_JSON', name, 'It is not JSON');
  }
}

/** The machine-readable log of Terraform: https://developer.hashicorp.com/terraform/internals/machine-readable-ui. */
function isStream(text: string): boolean {
  const [first = ''] = text.split('\n', 1);
  try {
    return z.looseObject({ '@level': z.string() }).safeParse(JSON.parse(first)).success;
  } catch {
    return false;
  }
}

function kindOf(document: unknown): string {
  const has = (...keys: readonly string[]): boolean =>
    typeof document === 'object' && document !== null && keys.every((key) => key in document);
  if (has('@level')) return 'a message of terraform plan -json';
  if (has('version', 'serial', 'lineage')) return 'a stored state';
  if (has('format_version', 'values')) return 'a state';
  if (has('format_version', 'provider_schemas')) return 'a list of provider schemas';
  if (has('resource') || has('terraform')) return 'configuration, not a plan';
  return 'something else than a plan';
}

/** Names of the format itself only: other keys of a plan are the project's, and may be anything. */
function placeOf(path: readonly PropertyKey[]): string {
  const known = new Set(['change', 'actions', 'before', 'after', 'address', 'mode', 'type', 'name', 'root_module']);
  const [first, ...rest] = path;
  const shown = rest.map((part) => (typeof part === 'number' || known.has(String(part)) ? String(part) : '…'));
  return [String(first ?? 'its root'), ...shown].join('.');
}

function refusal(code: ReviewErrorCode, name: string, what: string): ReviewError {
  return new ReviewError(code, name, { what, why, mend: `Make it with: ${show}` });
}
