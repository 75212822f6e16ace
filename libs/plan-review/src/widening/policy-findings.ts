import { describeValue } from '../describe-value.ts';
import { type Finding, type Severity } from '../model.ts';
import { type ResourceChange } from '../plan/model.ts';
import { type Json } from '../plan/schema.ts';
import { isHidden, isOpaque, isUnknown } from '../plan/unknown.ts';
import { type Grant, grantsOf, widened } from './grant.ts';

/** Arguments that hold a policy, though it may not be readable. */
const policyArgument = /(?:^|_)polic(?:y|ies)$|^access_policy$/;
const documentTypes =
  /^aws_(?:iam_(?:role|policy|role_policy|user_policy|group_policy)|s3_bucket_policy|sns_topic_policy|sqs_queue_policy|kms_key|kms_key_policy|ecr_repository_policy|secretsmanager_secret_policy|glacier_vault|lambda_layer_version_permission|opensearch_domain_policy|vpc_endpoint(?:_policy)?|backup_vault_policy|efs_file_system_policy)$/;
const MOST = 6;
const MOST_ACTIONS = 12;
/** Characters: a condition that is cut does not say whom it lets through. */
const LONGEST_CONDITION = 400;

/** What the policies of a resource newly permit, read as sets: order, spelling and splitting of statements do not count. */
export function policyFindings(changes: readonly ResourceChange[]): readonly Finding[] {
  return changes
    .filter(
      ({ mode, action, type }) =>
        mode === 'managed' && action !== 'no-op' && action !== 'read' && type.startsWith('aws_'),
    )
    .flatMap((change) => [...documentFindings(change), ...attachmentFindings(change)]);
}

function documentFindings(change: ResourceChange): readonly Finding[] {
  const names = new Set([...policyNames(change, change.before), ...policyNames(change, change.after)]);
  return [...names].toSorted().flatMap((name) => {
    const [before, after] = [change.before?.[name], change.after?.[name]];
    if (JSON.stringify(before) === JSON.stringify(after)) return [];
    // What nobody wrote, AWS tells of what others wrote.
    if (isUnknown(after) && change.written !== undefined && !(name in change.written)) return [];
    // Who is gone may do nothing; what a resource denied to others, it denies no more.
    if (change.after === undefined && !(grantsOf(before) ?? []).some(({ principal }) => principal !== '')) return [];
    const [was, is] = [grantsIn(before), grantsIn(after)];
    if (was === undefined || is === undefined) return [unreadable(change, name, is === undefined ? after : before)];
    const { allowed, noLongerDenied } = widened(was, is);
    if (allowed.length === 0 && noLongerDenied.length === 0) return [];
    const severity = worst([
      ...allowed.map((grant) => severityOf(grant, change.before === undefined)),
      ...noLongerDenied.map(() => 'look' as const),
    ]);
    const reading = [
      ...(allowed.length === 0 ? [] : [`${name} newly permits ${several(allowed)}`]),
      ...(noLongerDenied.length === 0 ? [] : [`${name} no longer denies ${several(noLongerDenied)}`]),
    ].join('; ');
    return [findingOf(change, severity, reading)];
  });
}

function policyNames({ type }: ResourceChange, values: Json | undefined): readonly string[] {
  return Object.entries(values ?? {}).flatMap(([name, value]) => {
    if (name === 'inline_policy') return [name];
    if (typeof value !== 'string') return [];
    if (grantsOf(value) !== undefined) return [name];
    return documentTypes.test(type) && policyArgument.test(name) ? [name] : [];
  });
}

/** @returns undefined where a policy is there and cannot be read */
function grantsIn(value: unknown): readonly Grant[] | undefined {
  if (value === undefined || value === null || value === '') return [];
  if (Array.isArray(value)) {
    const all = (value as Json[]).map((each) => grantsIn(each['policy']));
    return all.every((each) => each !== undefined) ? all.flat() : undefined;
  }
  return grantsOf(value);
}

function unreadable(change: ResourceChange, name: string, value: unknown): Finding {
  const why = isHidden(value)
    ? 'is kept back'
    : isOpaque(value)
      ? 'is known only after the apply'
      : 'is not one that can be read';
  return findingOf(change, 'look', `${name} ${why}, so that what it permits has to be read where it is written`);
}

/** What gives an identity more rights, which give it all others. Source: IAM's own examples of privilege escalation. */
const mighty = /^(?:\*|iam:\*|sts:\*|iam:(?:passrole|create\w*|put\w*|attach\w*|update\w*|add\w*))$/;

function severityOf({ principal, action, resource, condition }: Grant, isNew: boolean): Severity {
  if (principal === '*' || principal.startsWith('not ')) return condition === '' ? 'stop' : 'look';
  const everywhere = resource === '*' || resource.startsWith('not ');
  if (condition === '' && everywhere && (mighty.test(action) || action.startsWith('not '))) return 'stop';
  if (action.includes('*') || everywhere || action.startsWith('not ')) return 'look';
  return isNew ? 'note' : 'look';
}

/** Source: https://docs.aws.amazon.com/aws-managed-policy/latest/reference/. */
const mightyPolicy =
  /:policy\/(?:job-function\/)?(?:AdministratorAccess|PowerUserAccess|IAMFullAccess|SystemAdministrator)$/;

function attachmentFindings(change: ResourceChange): readonly Finding[] {
  const { type, before, after } = change;
  if (/^aws_iam_(?:role|user|group)_policy_attachment$|^aws_iam_policy_attachment$/.test(type)) {
    const [was, is] = [before?.['policy_arn'], after?.['policy_arn']];
    return is === undefined || is === was ? [] : [attached(change, is)];
  }
  const findings: Finding[] = [];
  const [had, has] = [listOf(before?.['managed_policy_arns']), listOf(after?.['managed_policy_arns'])];
  findings.push(...has.filter((arn) => !had.includes(arn)).map((arn) => attached(change, arn)));
  const boundary = before?.['permissions_boundary'];
  if (
    typeof boundary === 'string' &&
    boundary !== '' &&
    after !== undefined &&
    after['permissions_boundary'] !== boundary
  ) {
    findings.push(
      findingOf(
        change,
        'look',
        `permissions_boundary goes from ${boundary} to ${describeValue(after['permissions_boundary'])}`,
      ),
    );
  }
  if (type === 'aws_lambda_permission' && after !== undefined && before === undefined) {
    const principal = after['principal'];
    const restricted = ['source_arn', 'source_account', 'principal_org_id'].some(
      (name) => typeof after[name] === 'string',
    );
    const severity = principal === '*' && !restricted ? 'stop' : 'note';
    findings.push(
      findingOf(change, severity, `${describeValue(principal)} may newly ${describeValue(after['action'])}`),
    );
  }
  return findings;
}

function attached(change: ResourceChange, arn: unknown): Finding {
  const text = describeValue(arn);
  const severity = mightyPolicy.test(text) ? 'stop' : isOpaque(arn) || /FullAccess$/.test(text) ? 'look' : 'note';
  return findingOf(
    change,
    severity,
    `The policy ${text} is newly attached to ${describeValue(change.after?.['role'] ?? change.after?.['user'] ?? change.after?.['group'] ?? change.after?.['name'])}`,
  );
}

/** By what they are on and for whom: the actions of a statement in one go. */
function several(grants: readonly Grant[]): string {
  const groups = new Map<string, Grant[]>();
  for (const grant of grants) {
    const { principal, resource, condition } = grant;
    const key = JSON.stringify([principal, resource, condition]);
    groups.set(key, [...(groups.get(key) ?? []), grant]);
  }
  const all = [...groups.values()];
  const shown = all.slice(0, MOST).map(describe).join('; ');
  return all.length > MOST ? `${shown}; and on ${all.length - MOST} more` : shown;
}

function describe(grants: readonly Grant[]): string {
  const [first] = grants;
  if (first === undefined) return '';
  const { principal, resource, condition } = first;
  const who = principal === '' ? '' : principal === '*' ? ' to anyone' : ` to ${principal}`;
  const actions = [...new Set(grants.map(({ spelled }) => spelled))];
  const more = actions.length > MOST_ACTIONS ? ` and ${actions.length - MOST_ACTIONS} more` : '';
  const what = `${actions.slice(0, MOST_ACTIONS).join(', ')}${more}`;
  return `${what}${resource === '' ? '' : ` on ${resource}`}${who}${condition === '' ? '' : ` if ${describeValue(condition, LONGEST_CONDITION)}`}`;
}

function worst(severities: readonly Severity[]): Severity {
  return severities.includes('stop') ? 'stop' : severities.includes('look') ? 'look' : 'note';
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function findingOf({ stack, address, source }: ResourceChange, severity: Severity, reading: string): Finding {
  return {
    section: 'widening',
    severity,
    kind: 'permits-more',
    stack,
    address,
    reading,
    ...(source === undefined ? {} : { source }),
  };
}
