import { describe, expect, it } from '@jest/globals';

import { readArguments } from './arguments.ts';

describe('readArguments', () => {
  it('reads what the command needs, and has a default for the rest', () => {
    expect(readArguments(['--terraform', 'show.json', '--target', 'web=http://127.0.0.1:3000'])).toEqual({
      terraform: 'show.json',
      targets: new Map([['web', [new URL('http://127.0.0.1:3000')]]]),
      ports: new Map(),
      oidcSecretFiles: new Map(),
      stateFolder: '.gatehouse/alb',
      host: '127.0.0.1',
      names: ['app.localhost', 'localhost', '127.0.0.1'],
    });
  });

  it('reads all of it', () => {
    const given =
      '--terraform d --target a=http://a:1 --target a=https://a:2 --load-balancer aws_lb.x --port 443=9443 --port 80=0 ' +
      '--user-pool p --client-secret-file s --oidc-secret-file a=b=f --state st --host ::1 --name n --inspector 1 --administration 0 --access-log l';
    expect(readArguments(given.split(' '))).toEqual({
      terraform: 'd',
      targets: new Map([['a', [new URL('http://a:1'), new URL('https://a:2')]]]),
      ports: new Map([
        [443, 9443],
        [80, 0],
      ]),
      loadBalancer: 'aws_lb.x',
      userPoolFile: 'p',
      clientSecretFile: 's',
      oidcSecretFiles: new Map([['a=b', 'f']]),
      accessLogFile: 'l',
      stateFolder: 'st',
      host: '::1',
      names: ['app.localhost', 'localhost', '127.0.0.1', 'n'],
      inspectorPort: 1,
      administrationPort: 0,
    });
  });

  it('gives help, whatever else is there', () => {
    expect(readArguments(['--nonsense', '--help'])).toBe('help');
  });

  it.each([
    ['nothing', ''],
    ['an unknown option', '--terraform d --secret x'],
    ['a word too many', '--terraform d more'],
    ['a target that is none', '--terraform d --target a'],
    ['a target that is not HTTP', '--terraform d --target a=ftp://b'],
    ['a secret in place of a file', '--terraform d --oidc-secret-file hush'],
    ['a port that is none', '--terraform d --port 443'],
    ['a port out of range', '--terraform d --inspector 70000'],
    ['two ports out of range', '--terraform d --port 443=70000'],
  ])('refuses %s', (_, given) => {
    expect(() => readArguments(given.split(' ').filter((one) => one !== ''))).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID' }),
    );
  });
});
