import { type Block, type Resource } from '../terraform/synthesized.ts';
import { type Invariant, ofTypes, type System } from './invariant.ts';
import { statementsOf, strings } from './statements.ts';
import { ROLE_ATTACHMENTS, ROLE_POLICIES, ROLES } from './types.ts';
import { subjectsOf } from './workflow-trust.ts';

/** What tells how things are set. */
const LOOKS = /^(?!secretsmanager:|ssm:)[a-z0-9-]+:(Describe|List)[A-Za-z]*\*?$/;
/** What tells of people, although it is called so. */
const PEOPLE = ['cognito-idp:ListUsers', 'cognito-idp:ListUsersInGroup'];
/**
 * A Get… answers with what is kept (an object, a log, a password, credentials) as often as with how it is kept, so that
 * each has to be known; and what planning takes besides: the states, and a key to encrypt with.
 */
const KNOWN: readonly string[] = [
  'cloudwatch:GetDashboard',
  'cognito-idp:GetGroup',
  'cognito-idp:GetUserPoolMfaConfig',
  'ecr:GetLifecyclePolicy',
  'ecr:GetRepositoryPolicy',
  'iam:GetOpenIDConnectProvider',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'iam:GetRole',
  'iam:GetRolePolicy',
  'kms:GenerateDataKey',
  'kms:GetKeyPolicy',
  'kms:GetKeyRotationStatus',
  'route53:GetChange',
  'route53:GetHostedZone',
  's3:GetAccelerateConfiguration',
  's3:GetBucket*',
  's3:GetEncryptionConfiguration',
  's3:GetLifecycleConfiguration',
  's3:GetObject',
  's3:GetReplicationConfiguration',
  'servicequotas:GetAWSDefaultServiceQuota',
  'servicequotas:GetServiceQuota',
  'sns:GetSubscriptionAttributes',
  'sns:GetTopicAttributes',
  'sts:GetCallerIdentity',
  'wafv2:GetWebACL',
  'wafv2:GetWebACLForResource',
];

/** Whoever may open a pull request may write what its workflow does: that workflow's role reads, and nothing secret. */
export const pullRequestReads: Invariant = (system) =>
  ofTypes(system, ROLES)
    .filter(takesSubject((subject) => !subject.includes(':environment:')))
    .filter((role) => !policiesOf(system, role).every(onlyReads) || isGivenMore(system, role))
    .map(({ address }) => ({
      code: 'PULL_REQUEST_WRITES',
      address,
      what: 'a role that workflows take outside of the protected environment may do more than read how things are set',
      why: 'its workflow is what somebody wrote into a pull request and nobody has read yet',
      mend: 'name actions that begin with Describe or List in policies of its own, none of secretsmanager or ssm; add a Get… that answers with settings alone to KNOWN in stacks/invariants/workflow-rights.ts; what changes something belongs to the role of the protected environment',
    }));

/** The role that applies has a boundary that stands in another policy, so that no policy of its own gives it more. */
export const applyBounded: Invariant = (system) =>
  ofTypes(system, ROLES)
    .filter(takesSubject((subject) => subject.includes(':environment:')))
    .filter(
      ({ stack, body }) =>
        system.references.resource(stack, body['permissions_boundary'], ['arn'])?.type !== 'aws_iam_policy' ||
        !takesMain(body),
    )
    .map(({ address }) => ({
      code: 'APPLY_UNBOUNDED',
      address,
      what: 'the role that applies has no permissions boundary of these stacks, or is not bound to the main branch',
      why: 'it writes policies, so that without a boundary it gives itself any right; and the branches that an environment takes are a setting that stands elsewhere',
      mend: 'set permissions_boundary to the arn of an aws_iam_policy, by reference, and compare token.actions.githubusercontent.com:ref by StringEquals with refs/heads/main',
    }));

function takesSubject(is: (subject: string) => boolean): (role: Resource) => boolean {
  return ({ body }) =>
    (statementsOf(body['assume_role_policy']) ?? []).some((statement) => subjectsOf(statement)?.some(is));
}

function takesMain(role: Block): boolean {
  return (statementsOf(role['assume_role_policy']) ?? []).every(({ Condition }) => {
    const equals = (Condition as Readonly<Record<string, Block>> | undefined)?.['StringEquals'];
    return equals?.['token.actions.githubusercontent.com:ref'] === 'refs/heads/main';
  });
}

function policiesOf(system: System, role: Resource): readonly Resource[] {
  return ofTypes(system, ROLE_POLICIES).filter(({ stack, body }) =>
    [role.address, undefined].includes(system.references.resource(stack, body['role'], ['name', 'id'])?.address),
  );
}

function onlyReads({ body }: Resource): boolean {
  const statements = statementsOf(body['policy']);
  if (statements === undefined) return false;
  return statements
    .filter(({ Effect }) => Effect !== 'Deny')
    .every(
      (statement) =>
        !('NotAction' in statement) &&
        strings(statement['Action']).every((action) => KNOWN.includes(action) || onlyLooks(action)),
    );
}

/** AWS compares an action without case (IAM user guide, "JSON policy elements: Action"). */
function onlyLooks(action: string): boolean {
  const [start = '', ...more] = action.toLowerCase().split('*');
  const tellsOf = (people: string): boolean =>
    more.length > 0 ? people.toLowerCase().startsWith(start) : people.toLowerCase() === start;
  return LOOKS.test(action) && !PEOPLE.some(tellsOf);
}

/** By ways other than a policy of its own: what is in it cannot be seen here. */
function isGivenMore(system: System, role: Resource): boolean {
  return (
    ['managed_policy_arns', 'inline_policy'].some((key) => role.body[key] !== undefined) ||
    ofTypes(system, ROLE_ATTACHMENTS).some(({ stack, body }) => {
      const roles = [
        body['role'] ?? body['role_name'],
        ...(Array.isArray(body['roles']) ? (body['roles'] as readonly unknown[]) : []),
      ];
      return roles.some((each) =>
        [role.address, undefined].includes(system.references.resource(stack, each, ['name', 'id'])?.address),
      );
    })
  );
}
