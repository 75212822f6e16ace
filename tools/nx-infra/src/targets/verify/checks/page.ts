import { type Finding } from '../../../progress/finding.ts';
import { admission } from '../admission.ts';
import { type Answer, header, setCookies } from '../answer.ts';
import { type Check, failed, ok, orOk, warning } from '../check.ts';
import { anOpenPath } from './paths.ts';

const HALF_A_YEAR_SECONDS = 15_552_000;
const APPLICATION = 'Set it in the application (apps/auth/src/http/security-headers.ts).';

/** What the application says to browsers, on the first page that it answers to everybody; and what must not be kept or told. */
export const page: Check = async (door) => {
  const { expected, visitor } = door;
  const entrance = await visitor.ask(new URL('/', expected.origin));
  const path = await anOpenPath(door);
  if (path === undefined) {
    return [
      warning(
        'HSTS',
        'No public path answers 200, so that nothing of the application is to be seen.',
        'Look at its headers after a login.',
      ),
      ...cachingFindings('/', entrance, admission(entrance, expected)),
    ];
  }
  const answer = await visitor.ask(expected.origin, { target: path });
  return [
    hstsFinding(path, answer),
    ...headerFindings(path, answer),
    ...cookieFindings(path, answer),
    ...cachingFindings('/', entrance, admission(entrance, expected)),
    ...softwareFindings([entrance, answer]),
  ];
};

export function hstsFinding(path: string, answer: Answer): Finding {
  const value = header(answer, 'strict-transport-security');
  const why = 'the first request of a visit can be intercepted before it is sent on to HTTPS';
  if (value === undefined) return failed('HSTS', `${path} has no Strict-Transport-Security: ${why}.`, APPLICATION);
  const seconds = Number(/max-age="?(\d+)/i.exec(value)?.[1] ?? 0);
  const days = Math.floor(seconds / 86_400);
  if (seconds === 0) return failed('HSTS', `${path} switches Strict-Transport-Security off: ${why}.`, APPLICATION);
  if (seconds < HALF_A_YEAR_SECONDS)
    return warning('HSTS', `It holds for ${days} days only: afterwards ${why}.`, APPLICATION);
  return ok('HSTS', `It holds for ${days} days.`);
}

export function headerFindings(path: string, answer: Answer): readonly Finding[] {
  const policy = header(answer, 'content-security-policy') ?? '';
  const lacking = [
    ...(policy === '' ? ['Content-Security-Policy'] : []),
    ...(header(answer, 'x-content-type-options')?.toLowerCase() === 'nosniff'
      ? []
      : ['X-Content-Type-Options: nosniff']),
    ...(policy.includes('frame-ancestors') || header(answer, 'x-frame-options') !== undefined
      ? []
      : ['frame-ancestors or X-Frame-Options']),
    ...(header(answer, 'referrer-policy') === undefined ? ['Referrer-Policy'] : []),
  ];
  const check = 'page headers';
  if (lacking.length === 0) return [ok(check, `${path} restricts content, framing, content type and referrer.`)];
  return [
    warning(
      check,
      `${path} lacks ${lacking.join(', ')}: what a page can be made to do is left to the browser.`,
      APPLICATION,
    ),
  ];
}

export function cookieFindings(path: string, answer: Answer): readonly Finding[] {
  const check = 'cookies';
  // The load balancer's own cookies for stickiness are as AWS makes them.
  const cookies = setCookies(answer).filter(({ name }) => !name.startsWith('AWSALB'));
  const found = cookies.flatMap(({ name, attributes }) => {
    const lacking = ['Secure', 'HttpOnly'].filter((flag) => !attributes.includes(flag.toLowerCase()));
    if (lacking.length === 0) return [];
    return [
      failed(
        check,
        `${path} sets ${name} without ${lacking.join(' and ')}: it can be read on the way or by a script.`,
        'Set these in the application.',
      ),
    ];
  });
  return orOk(
    found,
    check,
    cookies.length === 0 ? `${path} sets none.` : `${cookies.map(({ name }) => name).join(', ')}: Secure, HttpOnly.`,
  );
}

export function cachingFindings(path: string, answer: Answer, became: string): readonly Finding[] {
  const check = 'caching';
  if (became !== 'login' && became !== 'refused') return [];
  const control = header(answer, 'cache-control') ?? '';
  const age = Number(/(?:s-maxage|max-age)="?(\d+)/i.exec(control)?.[1] ?? 0);
  if (/\bno-store\b/i.test(control) || (!/\bpublic\b/i.test(control) && age === 0)) {
    return [ok(check, `What ${path} answers to nobody is not for caches to keep.`)];
  }
  return [
    failed(
      check,
      `${path} answers nobody with Cache-Control: ${control}. A cache hands one visitor's way to the login to the next.`,
      'Look at what stands before the load balancer, or at the header in the application.',
    ),
  ];
}

export function softwareFindings(answers: readonly Answer[]): readonly Finding[] {
  const told = answers.flatMap((answer) => [
    ...[header(answer, 'server') ?? ''].filter((value) => /\d/.test(value) && value !== 'awselb/2.0'),
    ...[header(answer, 'x-powered-by') ?? ''].filter((value) => value !== ''),
  ]);
  const check = 'software';
  if (told.length === 0) return [ok(check, 'None is named with its version.')];
  return [
    warning(
      check,
      `${[...new Set(told)].join(', ')} is told to everybody: it says which attacks to try.`,
      'Turn Server and X-Powered-By off in the application.',
    ),
  ];
}
