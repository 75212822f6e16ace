import { type Finding } from '../../../progress/finding.ts';
import { leadsToPool } from '../admission.ts';
import { type Answer, destination, header, seen, setCookies } from '../answer.ts';
import { type Check, type Door, failed, ok } from '../check.ts';
import { callbackOf, type Expectation } from '../expectation.ts';

const MOST_HOPS = 5;

/** Goes where the login redirect leads, within the user pool alone, until a page is shown. */
export const hostedLogin: Check = async (door) => {
  const { expected, visitor } = door;
  const first = destination(await visitor.ask(new URL('/', expected.origin)));
  // That there is no such redirect is told by `login`.
  if (first === undefined || !leadsToPool(first, expected.pool)) return [];
  return [pageFinding(await lastPage(door, first), expected)];
};

async function lastPage({ expected, visitor }: Door, first: URL): Promise<Answer> {
  const cookies = new Map<string, string>();
  let to = first;
  for (let hop = 1; ; hop += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const answer = await visitor.ask(to, {
      headers: [['Accept', 'text/html'], ...(cookie === '' ? [] : [['Cookie', cookie] as const])],
    });
    for (const { name, value } of setCookies(answer)) cookies.set(name, value);
    const next = destination(answer);
    if (next === undefined || hop === MOST_HOPS || next.host !== first.host || !leadsToPool(next, expected.pool))
      return answer;
    to = next;
  }
}

export function pageFinding(answer: Answer, expected: Expectation): Finding {
  const check = 'hosted login';
  const to = destination(answer);
  const error = (to ?? answer.url).searchParams.get('error');
  if (error !== null) return refused(error, expected);
  if (/Login pages unavailable/i.test(answer.body)) {
    return failed(
      check,
      'It says "Login pages unavailable": nobody can log in.',
      'Managed login needs a style for the app client: create one, or choose the classic pages in stacks/environments.',
    );
  }
  if (answer.status === 200 && header(answer, 'content-type')?.startsWith('text/html')) {
    return ok(check, `${answer.url.origin} shows its login page.`);
  }
  return failed(
    check,
    `${answer.url.origin}${answer.url.pathname} answers ${seen(answer)} and no login page: nobody can log in.`,
    'Look at the domain of the user pool and at its app client, and apply the cognito stack as it is synthesized.',
  );
}

function refused(error: string, expected: Expectation): Finding {
  const mend =
    error === 'redirect_mismatch'
      ? `Register exactly ${callbackOf(expected)} as callback of the app client: apply the cognito stack as it is synthesized, or ask the domain of the environment.`
      : 'Compare client, scopes and flows of the app client with the cognito stack, and apply it as it is synthesized.';
  // From outside, and shown: letters alone.
  return failed(
    'hosted login',
    `It refuses this redirect (${error.replace(/[^\w-]/g, '').slice(0, 60)}): nobody can log in.`,
    mend,
  );
}
