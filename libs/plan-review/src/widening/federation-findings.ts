import { describeValue } from '../describe-value.ts';
import { type Finding } from '../model.ts';
import { type ResourceChange } from '../plan/model.ts';
import { isOpaque } from '../plan/unknown.ts';

/** In seconds: what a role has where nothing is written. */
const USUAL_SESSION = 3600;

/**
 * Who may come in by a role beside what its policies say: for how long credentials last once they are had, and whose
 * tokens AWS takes. A policy that names no audience takes every one that its provider lists.
 *
 * Source: IAM User Guide, "Create an OpenID Connect identity provider", "Maximum session duration".
 */
export function federationFindings(changes: readonly ResourceChange[]): readonly Finding[] {
  return changes
    .filter(({ mode, before, after }) => mode === 'managed' && before !== undefined && after !== undefined)
    .flatMap((change) => {
      switch (change.type) {
        case 'aws_iam_role':
          return sessionFindings(change);
        case 'aws_iam_openid_connect_provider':
          return audienceFindings(change);
        default:
          return [];
      }
    });
}

function sessionFindings(change: ResourceChange): readonly Finding[] {
  const [was, is] = [change.before, change.after].map((values) => values?.['max_session_duration'] ?? USUAL_SESSION);
  if (was === is || (typeof was === 'number' && typeof is === 'number' && is < was)) return [];
  const reading = `Who takes the role may keep it for ${seconds(is)}, and could for ${seconds(was)}`;
  return [{ ...base(change), reading }];
}

function audienceFindings(change: ResourceChange): readonly Finding[] {
  const [was, is] = [change.before?.['client_id_list'], change.after?.['client_id_list']];
  if (isOpaque(is)) return [{ ...base(change), reading: `Whose tokens AWS takes is ${describeValue(is)}` }];
  const had = listOf(was);
  const more = listOf(is).filter((audience) => !had.includes(audience));
  if (more.length === 0) return [];
  const audiences = more.map((audience) => describeValue(audience)).join(', ');
  const roles = 'roles whose trust policy names no audience can be taken with them';
  return [{ ...base(change), reading: `AWS newly takes tokens for ${audiences}: ${roles}` }];
}

function seconds(value: unknown): string {
  return typeof value === 'number' ? `${value} s` : describeValue(value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function base({ stack, address, source }: ResourceChange): Omit<Finding, 'reading'> {
  return {
    section: 'widening',
    severity: 'look',
    kind: 'permits-more',
    stack,
    address,
    ...(source === undefined ? {} : { source }),
  };
}
