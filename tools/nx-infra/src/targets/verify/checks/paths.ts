import { type Finding } from '../../../progress/finding.ts';
import { admission } from '../admission.ts';
import { type Answer, destination, header, seen } from '../answer.ts';
import { type Check, type Door, failed, ok, orOk, warning } from '../check.ts';
import { neighbours } from '../neighbours.ts';

/** Of each kind, so many paths are asked. */
const MOST_PATHS = 20;
const RULES = 'Apply the alb stack as it is synthesized; look at its rules for one that somebody added by hand.';

/** What the stacks name public answers without a login. */
export const publicPaths: Check = async ({ expected, visitor }) => {
  const check = 'public paths';
  const { open, unread } = expected.paths;
  const found: Finding[] = unread.map((address) =>
    warning(
      check,
      `${address} decides by more than the path: nothing is asked about it.`,
      'Look at that rule by hand.',
    ),
  );
  if (open.length > MOST_PATHS) {
    found.push(warning(check, `Only ${MOST_PATHS} of ${open.length} were asked.`, 'Ask the others by hand.'));
  }
  for (const path of open.slice(0, MOST_PATHS)) {
    const answer = await visitor.ask(expected.origin, { target: path });
    const what = `${path} answers ${seen(answer)}`;
    const to = destination(answer);
    switch (admission(answer, expected)) {
      case 'login':
        found.push(
          failed(check, `${path} is sent to the login: who needs it before the login does not get it.`, RULES),
        );
        break;
      case 'broken':
        found.push(
          failed(
            check,
            `${what}: the application does not work.`,
            'Look at the target group and the log of the application.',
          ),
        );
        break;
      case 'refused':
        if (answer.status === 429) {
          found.push(warning(check, `${what}: requests are limited, and this one was too many.`, 'Ask again later.'));
          break;
        }
        found.push(
          failed(
            check,
            `${what}: nobody gets it without a login.`,
            'Let the application answer it to everybody, or take it from publicPaths.',
          ),
        );
        break;
      case 'admitted':
        if (to !== undefined && to.host !== expected.origin.host) {
          found.push(
            failed(
              check,
              `${what}: whoever trusts this address is led to another.`,
              'Look at what the application, or the rule, redirects.',
            ),
          );
        } else if (answer.status >= 400) {
          found.push(
            warning(
              check,
              `${what}: it is public, and there is nothing.`,
              'Take it from publicPaths, or let the application have it.',
            ),
          );
        }
    }
  }
  if (open.length === 0) return [...found, ok(check, 'There are none.')];
  return orOk(found, check, `${open.slice(0, MOST_PATHS).join(', ')} answer without a login.`);
};

/** Nothing else answers: not the paths beside the public ones, nor those that people forget. */
export const otherPaths: Check = async ({ expected, visitor }) => {
  const check = 'other paths';
  const { open, isOpen } = expected.paths;
  const asked = neighbours(open, isOpen);
  const found: Finding[] = [];
  for (const path of asked) {
    const answer = await visitor.ask(expected.origin, { target: path });
    const became = admission(answer, expected);
    if (became === 'login' || became === 'refused') continue;
    const what = `${path} answers ${seen(answer)} without a login`;
    const like = await resembled(path, answer, { expected, visitor });
    if (like !== undefined) {
      found.push(
        warning(check, `${what}: the page of ${like}. Something reads paths in another way than the rules.`, RULES),
      );
    } else if (became === 'broken') {
      found.push(failed(check, `${what}: the request was passed on, or something is broken.`, RULES));
    } else {
      found.push(
        failed(
          check,
          `${what}, and the stacks do not make it public: whatever lies there is open to everybody.`,
          RULES,
        ),
      );
    }
  }
  return orOk(
    found,
    check,
    `${asked.length} that are not public, many of them nearly, are sent to the login or refused.`,
  );
};

/** The public path whose page this is: what everybody may see anyway. */
async function resembled(
  path: string,
  answer: Answer,
  { expected, visitor }: Pick<Door, 'expected' | 'visitor'>,
): Promise<string | undefined> {
  const like = expected.paths.open.find((open) => path.toLowerCase().includes(open.toLowerCase()));
  if (like === undefined || answer.status !== 200 || answer.body === '') return undefined;
  const page = await visitor.ask(expected.origin, { target: like });
  return page.status === 200 && page.body === answer.body ? like : undefined;
}

/** A script gets a refusal that it understands. */
export const apiPaths: Check = async ({ expected, visitor }) => {
  const check = 'API paths';
  const { denied } = expected.paths;
  const found: Finding[] = [];
  for (const path of denied.slice(0, MOST_PATHS)) {
    const answer = await visitor.ask(expected.origin, { target: path, headers: [['Accept', 'application/json']] });
    if (answer.status === 401 && header(answer, 'location') === undefined) continue;
    const became = admission(answer, expected);
    found.push(
      became === 'login'
        ? failed(check, `${path} is sent to the login: a script gets a page of another host, and no 401.`, RULES)
        : failed(
            check,
            `${path} answers ${seen(answer)} where 401 is due${became === 'admitted' ? ': it is open to everybody' : ''}.`,
            RULES,
          ),
    );
  }
  return denied.length === 0 ? [] : orOk(found, check, `${denied.slice(0, MOST_PATHS).join(', ')}: 401.`);
};

/** The first path that the application answers without a login, to look at what it says. */
export async function anOpenPath({ expected, visitor }: Door): Promise<string | undefined> {
  for (const path of expected.paths.open.slice(0, 3)) {
    const answer = await visitor.ask(expected.origin, { target: path });
    if (answer.status === 200) return path;
  }
  return undefined;
}
