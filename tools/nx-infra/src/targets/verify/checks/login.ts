import { type Finding } from '../../../progress/finding.ts';
import { leadsToPool } from '../admission.ts';
import { type Answer, destination, seen, setCookies } from '../answer.ts';
import { type Check, failed, ok, orOk, warning } from '../check.ts';
import { callbackOf, type Expectation } from '../expectation.ts';

const APPLY =
  'Apply the alb and cognito stacks as they are synthesized, and look whether somebody changed the rule by hand.';

/** A page that nobody is logged in for is the way to the login, and to this one. */
export const login: Check = async ({ expected, visitor }) => {
  const answer = await visitor.ask(new URL('/', expected.origin));
  return [...redirectFindings(answer, expected), ...nonceFindings(answer)];
};

export function redirectFindings(answer: Answer, expected: Expectation): readonly Finding[] {
  const check = 'login';
  const to = destination(answer);
  if (answer.status !== 302 || to === undefined) {
    const what = `/ answers ${seen(answer)} where a visitor has to be sent to the login`;
    if (answer.status >= 500)
      return [failed(check, `${what}: nobody gets in.`, 'Look at the target group and the log of the application.')];
    return [failed(check, `${what}: the default rule does not authenticate.`, APPLY)];
  }
  if (!leadsToPool(to, expected.pool)) {
    return [
      failed(
        check,
        `/ leads to ${to.origin}, which is not the user pool (${expected.pool.hostname}): people would type their passwords there.`,
        APPLY,
      ),
    ];
  }
  if (to.pathname !== '/oauth2/authorize') {
    return [
      failed(check, `/ leads to ${to.pathname} of the user pool, where no login for this application begins.`, APPLY),
    ];
  }
  const found = [...parameterFindings(to, expected)];
  const client = expected.clientId === undefined ? clientByForm(to) : [];
  return [
    ...orOk(found, check, `/ leads to the login of ${to.hostname}, with client, scope, callback and state.`),
    ...client,
  ];
}

function parameterFindings({ searchParams }: URL, expected: Expectation): readonly Finding[] {
  const check = 'login';
  const wanted: Readonly<Record<string, string>> = {
    ...(expected.clientId === undefined ? {} : { client_id: expected.clientId }),
    redirect_uri: callbackOf(expected),
    response_type: 'code',
    scope: expected.scope,
    ...expected.extraParams,
  };
  const wrong = Object.entries(wanted).flatMap(([name, value]): readonly Finding[] => {
    const got = searchParams.getAll(name);
    if (got.length === 1 && got[0] === value) return [];
    const why =
      got[0]?.toLowerCase() === value.toLowerCase()
        ? 'the user pool compares with case, and refuses it'
        : 'the login fails, or is one for something else';
    return [
      failed(check, `The ${name} is ${got.join(' and ') || 'missing'} where it has to be ${value}: ${why}.`, APPLY),
    ];
  });
  const state = searchParams.getAll('state');
  if (state.length === 1 && (state[0] ?? '').length >= 16) return wrong;
  return [
    ...wrong,
    failed(
      check,
      'The state is missing or short: a login could be slipped to somebody else.',
      'Only a load balancer makes this redirect: find out who answers.',
    ),
  ];
}

/** cognito-idp API, ClientIdType. */
function clientByForm({ searchParams }: URL): readonly Finding[] {
  const check = 'app client';
  const id = searchParams.get('client_id') ?? '';
  if (!/^[\w+]{1,128}$/.test(id)) {
    return [failed(check, 'The client_id has not the form of an app client: no login can begin.', APPLY)];
  }
  return [
    warning(
      check,
      `The client_id ${id} has the right form. Whether it is the applied one is not known: the state of the cognito stack was not read, or has none.`,
      'Look again with credentials that read the state, or compare it with nx run infra:outputs.',
    ),
  ];
}

/** AWS re:Post, "elb-configure-authentication-alb": a callback without this cookie is refused. */
function nonceFindings(answer: Answer): readonly Finding[] {
  const check = 'nonce cookie';
  if (destination(answer) === undefined) return [];
  const nonce = setCookies(answer).find(({ name }) => name === 'AWSALBAuthNonce');
  if (nonce === undefined) {
    return [
      failed(
        check,
        'The redirect sets no AWSALBAuthNonce: the login is not bound to the browser that began it.',
        'Something between browser and load balancer removes cookies, or something else makes the redirect.',
      ),
    ];
  }
  const lacking = ['secure', 'httponly'].filter((flag) => !nonce.attributes.includes(flag));
  if (lacking.length === 0) return [ok(check, 'AWSALBAuthNonce is set, Secure and HttpOnly.')];
  // AWS does not document its attributes, so that this is no failure of the environment.
  return [
    warning(
      check,
      `AWSALBAuthNonce is set without ${lacking.join(' and ')}: who reads it can take part in a login.`,
      'Look whether something between browser and load balancer rewrites cookies.',
    ),
  ];
}
