import { type AuthenticateAction, type Listener, type Rule } from '@gatehouse/listener';
import { type Finding } from '../model.ts';
import { type Locate } from './listener-findings.ts';

/** What changes of sessions, and of the connection, for the same rule and listener: the answers say nothing of it. */
export function sessionFindings(
  before: Listener | undefined,
  after: Listener | undefined,
  locate: Locate,
): readonly Finding[] {
  if (before === undefined || after === undefined) return [];
  const rules = after.rules.flatMap((rule) => {
    const was = before.rules.find(({ address }) => address === rule.address);
    return was === undefined ? [] : ruleFindings(was, rule, locate);
  });
  return [...rules, ...connectionFindings(before, after, locate)];
}

function ruleFindings(before: Rule, after: Rule, locate: Locate): readonly Finding[] {
  const [was, is] = [loginOf(before), loginOf(after)];
  if (was === undefined || is === undefined) return [];
  const base = { ...locate(after.address), section: 'access' } as const;
  const findings: Finding[] = [];
  if (was.sessionTimeoutSeconds !== is.sessionTimeoutSeconds) {
    const isLonger = is.sessionTimeoutSeconds > was.sessionTimeoutSeconds;
    findings.push({
      ...base,
      severity: isLonger ? 'look' : 'note',
      kind: 'session-timeout',
      reading: `Sessions last ${is.sessionTimeoutSeconds} s, ${isLonger ? 'longer' : 'shorter'} than the ${was.sessionTimeoutSeconds} s before`,
    });
  }
  if (was.scope !== is.scope) {
    findings.push({
      ...base,
      severity: 'look',
      kind: 'scope',
      reading: `The login asks for the scope "${is.scope}", and asked for "${was.scope}"`,
    });
  }
  if (was.sessionCookieName !== is.sessionCookieName) {
    findings.push({
      ...base,
      severity: 'note',
      kind: 'session-cookie',
      reading: `The session cookie is called ${is.sessionCookieName}, and was ${was.sessionCookieName}: everybody logs in again`,
    });
  }
  return findings;
}

function loginOf({ actions }: Rule): AuthenticateAction | undefined {
  return actions.find(
    (action): action is AuthenticateAction =>
      action.type === 'authenticate-cognito' || action.type === 'authenticate-oidc',
  );
}

function connectionFindings(before: Listener, after: Listener, locate: Locate): readonly Finding[] {
  const base = { ...locate(after.address), section: 'access' } as const;
  const findings: Finding[] = [];
  if (before.protocol !== after.protocol) {
    findings.push({
      ...base,
      severity: after.protocol === 'HTTP' ? 'stop' : 'look',
      kind: 'protocol',
      reading: `Port ${after.port} speaks ${after.protocol}, and spoke ${before.protocol}${after.protocol === 'HTTP' ? ': what is sent there can be read on the way, session cookies too' : ''}`,
    });
  }
  if (before.sslPolicy !== after.sslPolicy && after.protocol === 'HTTPS' && before.protocol === 'HTTPS') {
    findings.push({
      ...base,
      severity: 'look',
      kind: 'tls-policy',
      reading: `The TLS policy is ${after.sslPolicy ?? 'the default of AWS'}, and was ${before.sslPolicy ?? 'the default of AWS'}`,
    });
  }
  const [had, has] = [certificatesOf(before), certificatesOf(after)];
  const gone = had.filter((arn) => !has.includes(arn));
  if (gone.length > 0 && before.protocol === after.protocol) {
    findings.push({
      ...base,
      severity: 'note',
      kind: 'certificate',
      reading: `It no longer has the certificate ${gone.join(', ')}`,
    });
  }
  return findings;
}

function certificatesOf({ certificates = [] }: Listener): readonly string[] {
  return certificates.map(({ arn }) => arn);
}
