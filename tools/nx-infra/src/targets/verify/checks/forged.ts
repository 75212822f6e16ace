import { type Finding } from '../../../progress/finding.ts';
import { admission } from '../admission.ts';
import { type Answer, seen, setCookies } from '../answer.ts';
import { type CheckName } from '../catalogue.ts';
import { type Check, type Door, failed, orOk } from '../check.ts';
import { accessToken, type Forgery, forgedHeaders, forgedSession, type Headers } from '../forgery.ts';

const PAGE: Headers = [['Accept', 'text/html']];
const VERIFY =
  'The application has to verify signature, signer and client of x-amzn-oidc-data, and to believe no other header (libs/claims).';
const SESSION = 'Only the load balancer can open its sessions: find out what else answers here.';

/** Headers that only the load balancer may write, written by a client. */
export const forgedIdentity: Check = async (door) => {
  const forgeries = forgedHeaders({ ...door, now: Date.now() });
  return orOk(
    await admitted(door, 'forged headers', forgeries, VERIFY),
    'forged headers',
    `${forgeries.length} kinds of them make nobody a user.`,
  );
};

/** A session that no login began. */
export const forgedCookie: Check = async (door) => {
  const forgery = { name: 'of a session that nobody began', headers: forgedSession(door) };
  return orOk(await admitted(door, 'forged session', [forgery], SESSION), 'forged session', 'It is no session.');
};

/** A bearer token is for the application to refuse: the load balancer passes it on. */
export const bearerPaths: Check = async (door) => {
  const check = 'bearer paths';
  const { expected, visitor } = door;
  const tokens: readonly (readonly [string, Headers])[] = [
    ['no token', []],
    ['a meaningless token', [['Authorization', 'Bearer gatehouse-verify']]],
    ['a forged token', [['Authorization', `Bearer ${accessToken({ ...door, now: Date.now() })}`]]],
  ];
  const found: Finding[] = [];
  for (const path of expected.paths.bearer.slice(0, 5)) {
    for (const [token, headers] of tokens) {
      const answer = await visitor.ask(expected.origin, {
        target: path,
        headers: [['Accept', 'application/json'], ...headers],
      });
      const became = admission(answer, expected);
      // 401 for who comes with a token: a program makes nothing of a login page.
      if (answer.status === 401 || (headers.length === 0 && (became === 'login' || became === 'refused'))) continue;
      found.push(
        failed(
          check,
          `${path} with ${token} answers ${seen(answer)} where 401 is due.`,
          'The load balancer passes bearer tokens on unverified: the application has to refuse them (libs/claims).',
        ),
      );
    }
  }
  return expected.paths.bearer.length === 0
    ? []
    : orOk(found, check, `${expected.paths.bearer.join(', ')}: 401 without a token of the user pool.`);
};

/** Asks a page behind the login, one of each kind of special path and a public one, without and with each forgery. */
async function admitted(
  door: Door,
  check: CheckName,
  forgeries: readonly Forgery[],
  mend: string,
): Promise<readonly Finding[]> {
  const { expected, visitor, canary } = door;
  const { open, denied, bearer } = expected.paths;
  const paths: readonly (readonly [string, Headers])[] = [
    ['/', PAGE],
    ...[...denied.slice(0, 1), ...open.slice(0, 1)].map((path) => [path, PAGE] as const),
    // With a token the load balancer passes the request on, and with it what the client claims.
    ...bearer.slice(0, 1).map((path) => [path, [...PAGE, ['Authorization', 'Bearer gatehouse-verify']]] as const),
  ];
  const found: Finding[] = [];
  for (const [path, passage] of paths) {
    const ask = (headers: Headers): Promise<Answer> =>
      visitor.ask(expected.origin, { target: path, headers: [...passage, ...headers] });
    const plain = [await ask([]), await ask([])] as const;
    for (const { name, headers } of forgeries) {
      const answer = await ask(headers);
      const became = admission(answer, expected);
      const what = `${path} with headers ${name} answers ${seen(answer)}`;
      if (shows(answer, canary)) found.push(failed(check, `${what}, the page of the user they claim.`, mend));
      else if (became === 'login' || became === 'refused' || isAlike(answer, plain)) continue;
      else if (became === 'broken') found.push(failed(check, `${what}: anybody can break it.`, mend));
      else found.push(failed(check, `${what}, and something else without them: they are believed.`, mend));
    }
  }
  return found;
}

/** Whether a forgery changes nothing. Of a page that differs from one time to the next, the body says nothing. */
function isAlike(answer: Answer, [first, second]: readonly [Answer, Answer]): boolean {
  if (seen(answer) !== seen(first)) return false;
  return first.body !== second.body || answer.body === first.body;
}

function shows(answer: Answer, canary: string): boolean {
  return answer.body.includes(canary) || setCookies(answer).some(({ value }) => value.includes(canary));
}
