import { type Block, type Resource } from '../terraform/synthesized.ts';
import { type Invariant, ofTypes, type System } from './invariant.ts';
import { statementsOf, strings } from './statements.ts';
import { ROLE_ATTACHMENTS, ROLE_POLICIES, ROLES } from './types.ts';
import { subjectsOf } from './workflow-trust.ts';

/** What reads how something is set, or encrypts for another. */
const READS = /^(?!secretsmanager:|ssm:)[a-z0-9-]+:(Describe|Get|List)[A-Za-z]*\*?$|^kms:GenerateDataKey$/;
/** What reads although it is called so: that which is kept, and not how. */
const HELD = /^(?!s3:)[a-z0-9-]+:Get(Secret|Parameter|Object|LogEvents|LogRecord|Credentials|\*)/;

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
      mend: 'name actions that begin with Describe, Get or List in policies of its own, none of secretsmanager or ssm; what changes something belongs to the role of the protected environment',
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
  return ofTypes(system, ROLE_POLICIES).filter(
    ({ stack, body }) =>
      stack === role.stack &&
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
        strings(statement['Action']).every((action) => READS.test(action) && !HELD.test(action)),
    );
}

/** By ways other than a policy of its own: what is in it cannot be seen here. */
function isGivenMore(system: System, role: Resource): boolean {
  return (
    ['managed_policy_arns', 'inline_policy'].some((key) => role.body[key] !== undefined) ||
    ofTypes(system, ROLE_ATTACHMENTS).some(({ stack, body }) => {
      const roles = [body['role'], ...(Array.isArray(body['roles']) ? (body['roles'] as readonly unknown[]) : [])];
      return roles.some((each) =>
        [role.address, undefined].includes(system.references.resource(stack, each, ['name', 'id'])?.address),
      );
    })
  );
}
