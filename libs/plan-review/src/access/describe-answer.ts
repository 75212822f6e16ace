import { type Answer } from '@gatehouse/listener';

/** What becomes of a request, in a few words. */
export function describeAnswer({ login, outcome }: Answer): string {
  const guard =
    login.kind === 'required'
      ? login.otherwise === 'deny'
        ? 'login or 401'
        : 'login'
      : login.kind === 'optional'
        ? 'optional login'
        : login.kind === 'bearer'
          ? 'bearer token'
          : '';
  switch (outcome.kind) {
    case 'forward':
      return guard === '' ? 'open' : guard;
    case 'redirect':
      return [guard, `redirect ${outcome.statusCode}`].filter((part) => part !== '').join(', then ');
    case 'fixed-response':
      return [guard, `answer ${outcome.statusCode}`].filter((part) => part !== '').join(', then ');
    case 'login-callback':
      return 'end of a login';
    case 'no-listener':
      return 'no listener';
    case 'unknown':
      return 'unknown';
  }
}
