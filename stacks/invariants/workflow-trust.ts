import { type Block } from '../terraform/synthesized.ts';
import { type Invariant, ofTypes, type System, type Violation } from './invariant.ts';
import { statementsOf, strings } from './statements.ts';
import { ROLES } from './types.ts';

const WEB_IDENTITY = /^sts:assumerolewithwebidentity$/i;
const ISSUER = 'token.actions.githubusercontent.com';
const AUDIENCE = 'sts.amazonaws.com';

/**
 * A role that is taken by a token of another's identity provider says whose tokens, word for word: of the one repository
 * that the environment names, and for AWS.
 */
export const workflowTrust: Invariant = (system) =>
  ofTypes(system, ROLES).flatMap(({ address, body }): readonly Violation[] => {
    const statements = statementsOf(body['assume_role_policy']);
    if (statements === undefined) {
      return [
        {
          code: 'TRUST_UNREADABLE',
          address,
          what: 'who takes the role is known only when Terraform runs',
          why: 'whoever takes a role has its rights, so that this is to be seen before anything is applied',
          mend: 'write assume_role_policy as JSON without references (an ARN can be put together from its names)',
        },
      ];
    }
    const federated = statements.filter(isFederated);
    const wide: Violation = {
      code: 'TRUST_TOO_WIDE',
      address,
      what: "workflows take the role whose token's subject is not named word for word as one of the environment's repository",
      why: 'without a subject every repository on GitHub takes it, and with a pattern every branch, pull request and fork that fits it',
      mend: `compare ${ISSUER}:sub by StringEquals, and by nothing else, with subjects of repo:${system.environment.delivery?.repository ?? '(delivery is null)'}:`,
    };
    const audience: Violation = {
      code: 'TRUST_AUDIENCE',
      address,
      what: 'workflows take the role with a token that is not said to be for AWS',
      why: 'a token that a workflow shows to another service would open the account to that service',
      mend: `compare ${ISSUER}:aud by StringEquals, and by nothing else, with ${AUDIENCE}`,
    };
    return [
      ...(federated.every((statement) => namesSubjects(statement, system)) ? [] : [wide]),
      ...(federated.every(namesAudience) ? [] : [audience]),
    ];
  });

/** Taken by a token of another's, or by whoever asks in that way. */
function isFederated(statement: Block): boolean {
  const { Effect, Action, Principal } = statement;
  if (Effect === 'Deny') return false;
  const named = typeof Principal === 'object' && Principal !== null ? (Principal as Block) : { AWS: Principal };
  const isByToken = strings(Action).some((action) => WEB_IDENTITY.test(action));
  // Everybody of AWS is everybody, whoever said who they are (IAM user guide, "All principals").
  const isAnybodys = strings(named['AWS']).includes('*');
  const isByAnyWay = 'NotAction' in statement || strings(Action).some((action) => action.includes('*'));
  return 'Federated' in named || isByToken || (isAnybodys && isByAnyWay);
}

/** The subjects that a statement takes; undefined where that is not a list of whole names. */
export function subjectsOf(statement: Block): readonly string[] | undefined {
  return compared(statement, `${ISSUER}:sub`);
}

function namesSubjects(statement: Block, { environment }: System): boolean {
  const subjects = subjectsOf(statement);
  const { delivery } = environment;
  return (
    subjects !== undefined &&
    delivery !== null &&
    subjects.every((name) => name.startsWith(`repo:${delivery.repository}:`))
  );
}

function namesAudience(statement: Block): boolean {
  const audiences = compared(statement, `${ISSUER}:aud`);
  return audiences?.length === 1 && audiences[0] === AUDIENCE;
}

/** What a key is compared with, where that is done by StringEquals alone, and without anything that AWS or Terraform fills in. */
function compared({ Condition }: Block, key: string): readonly string[] | undefined {
  if (typeof Condition !== 'object' || Condition === null) return undefined;
  const found = Object.entries(Condition as Block).flatMap(([operator, keys]) =>
    Object.entries(keys as Block)
      .filter(([name]) => name.toLowerCase() === key)
      .map(([, values]) => ({ operator, values: strings(values) })),
  );
  const [only, ...more] = found;
  if (only === undefined || more.length > 0 || only.operator !== 'StringEquals') return undefined;
  return only.values.length > 0 && only.values.every((value) => !/[*?$]/.test(value)) ? only.values : undefined;
}
