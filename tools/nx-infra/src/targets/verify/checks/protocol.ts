import { type Finding } from '../../../progress/finding.ts';
import { admission } from '../admission.ts';
import { header, seen, setCookies } from '../answer.ts';
import { type Check, failed, orOk } from '../check.ts';
import { callbackOf } from '../expectation.ts';

const RULES = 'Apply the alb stack as it is synthesized: the load balancer takes this for itself.';

/** The load balancer refuses an answer of the user pool to a question that it did not ask. */
export const callback: Check = async ({ expected, visitor }) => {
  const check = 'callback';
  const found: Finding[] = [];
  for (const [name, query] of [
    ['nothing', ''],
    ['a code and no state', '?code=gatehouse-verify'],
    ['a code and a forged state', `?code=gatehouse-verify&state=${'A'.repeat(248)}`],
  ] as const) {
    const answer = await visitor.ask(new URL(`${callbackOf(expected)}${query}`));
    const session = setCookies(answer).some(({ name: cookie }) => cookie.startsWith(`${expected.sessionCookieName}-`));
    if (admission(answer, expected) === 'refused' && !session) continue;
    const why = session ? ', and begins a session' : '';
    found.push(
      failed(
        check,
        `The callback with ${name} answers ${seen(answer)}${why} where 401 is due: a login could be slipped to somebody else.`,
        RULES,
      ),
    );
  }
  return orOk(found, check, 'Without a login that was begun here it is refused.');
};

/** Another method opens nothing that GET does not. */
export const methods: Check = async ({ expected, visitor, canary }) => {
  const check = 'methods';
  const found: Finding[] = [];
  const get = seen(await visitor.ask(new URL('/', expected.origin)));
  for (const method of ['HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE']) {
    const answer = await visitor.ask(new URL('/', expected.origin), {
      method,
      headers: [
        ['Accept', '*/*'],
        ['Origin', 'https://gatehouse-verify.invalid'],
        ['X-Gatehouse-Verify', canary],
      ],
    });
    const became = admission(answer, expected);
    if (answer.body.includes(canary)) {
      found.push(
        failed(
          check,
          `${method} / returns the headers of the request: cookies can be read that scripts must not see.`,
          'Turn TRACE off in whatever answers; a load balancer answers 405.',
        ),
      );
    } else if ((became === 'admitted' || became === 'broken') && seen(answer) !== get) {
      found.push(
        failed(
          check,
          `${method} / answers ${seen(answer)} without a login.`,
          'Apply the alb stack as it is synthesized: its rules know no methods.',
        ),
      );
    }
    const allowed = header(answer, 'access-control-allow-origin');
    if (allowed === 'https://gatehouse-verify.invalid') {
      found.push(
        failed(
          check,
          `${method} / lets scripts of any site read the answer (Access-Control-Allow-Origin).`,
          'Name the sites that may, in the application or in the attributes of the listener.',
        ),
      );
    }
  }
  return orOk(
    found,
    check,
    'HEAD, POST, PUT, DELETE and OPTIONS are sent to the login or refused; TRACE is not served.',
  );
};
