import { describeValue } from '../describe-value.ts';
import { type Finding, type Severity } from '../model.ts';
import { type ResourceChange } from '../plan/model.ts';
import { type Json } from '../plan/schema.ts';
import { isHidden, isOpaque, isUnknown } from '../plan/unknown.ts';
import { describeTests, testsOf } from './condition.ts';
import { inDetail, inOneLine, issuerOf, shortResource } from './describe-grants.ts';
import { type Grant, grantsOf, widened } from './grant.ts';

/** Arguments that hold a policy, though it may not be readable. */
const policyArgument = /(?:^|_)polic(?:y|ies)$|^access_policy$/;
const documentTypes =
  /^aws_(?:iam_(?:role|policy|role_policy|user_policy|group_policy)|s3_bucket_policy|sns_topic_policy|sqs_queue_policy|kms_key|kms_key_policy|ecr_repository_policy|secretsmanager_secret_policy|glacier_vault|lambda_layer_version_permission|opensearch_domain_policy|vpc_endpoint(?:_policy)?|backup_vault_policy|efs_file_system_policy)$/;

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
    const judged = allowed.map((grant) => [grant, severityOf(grant, change.before === undefined)] as const);
    const worstFirst = judged.toSorted(([, one], [, other]) => ranks[one] - ranks[other]).map(([grant]) => grant);
    const holder = holderOf(change);
    return [
      ...(allowed.length === 0
        ? []
        : [
            {
              ...findingOf(change, worst(judged.map(([, severity]) => severity)), conditioned(worstFirst, was, holder)),
              ...details(inDetail(worstFirst, holder)),
            },
          ]),
      ...(noLongerDenied.length === 0
        ? []
        : [
            {
              ...findingOf(change, 'look', `A denial goes: ${inOneLine(noLongerDenied, holder)}`),
              ...details(inDetail(noLongerDenied, holder)),
            },
          ]),
    ];
  });
}

const ranks: Readonly<Record<Severity, number>> = { stop: 0, look: 1, note: 2 };

function details(lines: readonly string[]): Pick<Finding, 'details'> {
  return lines.length === 0 ? {} : { details: lines };
}

/** Where the same was permitted on another condition, which: what it takes no longer is what there is to know. */
function conditioned(allowed: readonly Grant[], before: readonly Grant[], holder: string): string {
  const line = inOneLine(allowed, holder);
  const [first] = allowed;
  if (first === undefined) return line;
  const same = before.find(
    (each) =>
      each.effect === 'Allow' &&
      each.principal === first.principal &&
      each.action === first.action &&
      each.resource === first.resource &&
      each.condition !== first.condition,
  );
  if (same === undefined) return line;
  const still = new Set(testsOf(first.condition).map((test) => JSON.stringify(test)));
  const gone = testsOf(same.condition).filter((test) => !still.has(JSON.stringify(test)));
  return gone.length === 0 ? line : `${line}; no longer only if ${describeTests(gone, issuerOf(first.principal))}`;
}

/** Who has a policy that names nobody. */
function holderOf({ type, before, after }: ResourceChange): string {
  const values = after ?? before;
  for (const kind of ['role', 'user', 'group']) {
    const name = values?.[kind];
    if (typeof name === 'string') return `${kind} ${shortResource(name)}`;
  }
  const own = values?.['name'];
  return type === 'aws_iam_role' && typeof own === 'string' ? `role ${own}` : 'whoever has it';
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
  if (ofStrangers.test(principal) && !isBound(condition)) return 'stop';
  const everywhere = resource === '*' || resource.startsWith('not ');
  if (condition === '' && everywhere && (mighty.test(action) || action.startsWith('not '))) return 'stop';
  if (action.includes('*') || everywhere || action.startsWith('not ')) return 'look';
  return isNew ? 'note' : 'look';
}

/** Who signs tokens for whoever has an account there. */
const ofStrangers = /oidc-provider\/(?:token\.actions\.githubusercontent\.com|gitlab\.com|app\.terraform\.io)$/;

/** Whether a test says whose token it has to be, and says something: `repo:*` is everybody's. */
function isBound(condition: string): boolean {
  return testsOf(condition).some(
    ({ operator, key, values }) =>
      /^(?:String|Arn)(?:Equals|Like)$/.test(operator) &&
      /:(?:sub|repository(?:_id|_owner|_owner_id)?|job_workflow_ref|project_path|namespace_path)$/.test(key) &&
      values.every((value) => !/^(?:[^:*?]*:)?[*?]/.test(value)),
  );
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
