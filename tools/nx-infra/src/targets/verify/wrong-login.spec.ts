import { afterAll, beforeAll, describe } from '@jest/globals';

import { answering, rewriting, saysSo } from './testdata/faults.ts';
import { FrontDoor, LONGEST_MS } from './testdata/front-door.ts';

let door: FrontDoor;
beforeAll(async () => {
  door = await FrontDoor.open();
}, LONGEST_MS);
afterAll(() => door.close());

describe('infra:verify', () => {
  saysSo(
    () => door,
    [
      [
        'a public path is missing',
        { stacks: (json) => json.replace(',"/assets/favicon.svg"', '') },
        ['public paths'],
        /favicon\.svg is sent to the login/,
      ],
      [
        'the default rule does not authenticate',
        {
          stacks: (json) =>
            json.replace(
              /\{"authenticate_cognito":\{"on_unauthenticated_request":"authenticate".*?"type":"authenticate-cognito"\},/,
              '',
            ),
        },
        ['login'],
        /answers 401 .*does not authenticate/,
      ],
      [
        'the default rule lets everybody pass, and the application too',
        {
          stacks: (json) =>
            json.replace('"on_unauthenticated_request":"authenticate"', '"on_unauthenticated_request":"allow"'),
          application: answering(() => 'Secrets'),
        },
        ['login', 'other paths', 'bearer paths'],
        /\/admin answers 200 .* without a login/,
      ],
      [
        'the login is one for another client',
        {
          stacks: (json) =>
            json
              .replace('"aws_cognito_user_pool_client":{"alb":', '"aws_cognito_user_pool_client":{"other":')
              .replaceAll('aws_cognito_user_pool_client.alb.', 'aws_cognito_user_pool_client.other.'),
        },
        ['login'],
        /The client_id is \w+ where it has to be/,
      ],
      [
        'the login asks for another scope',
        { stacks: (json) => json.replaceAll('"scope":"openid email profile"', '"scope":"openid"') },
        ['login'],
        /The scope is openid where it has to be openid email profile/,
      ],
      [
        'the callback has capitals',
        { answer: rewriting('location', (value) => value.replace('app.localhost', 'App.localhost')) },
        ['login', 'hosted login'],
        /compares with case/,
      ],
      [
        'the callback is not registered',
        { stacks: (json) => json.replace(/("callback_urls":\["https:[^"]+)"/, '$1-of-old"') },
        ['hosted login'],
        /redirect_mismatch/,
      ],
      [
        'the state is short',
        { answer: rewriting('location', (value) => value.replace(/state=[^&]+/, 'state=1')) },
        ['login'],
        /state is missing or short/,
      ],
      [
        'the login is of another host',
        { answer: rewriting('location', (value) => value.replace('gatehouse-local.auth.', 'evil.')) },
        ['login'],
        /leads to https:\/\/evil\.localhost:\d+, which is not the user pool/,
      ],
      [
        'the login is of the right host without TLS',
        { answer: rewriting('location', (value) => value.replace('https:', 'http:')) },
        ['login'],
        /is not the user pool/,
      ],
      [
        'the nonce cookie is lost',
        { answer: rewriting('set-cookie', (value) => value.replace('AWSALBAuthNonce', 'Other')) },
        ['nonce cookie'],
        /not bound to the browser/,
      ],
      [
        'HTTP is answered by the application',
        {
          stacks: (json) =>
            json.replace(
              /\[\{"redirect":\{[^}]*\},"type":"redirect"\}\]/,
              '[{"type":"forward","target_group_arn":"${aws_lb_target_group.app.arn}"}]',
            ),
        },
        ['HTTP'],
        /unencrypted: whoever is on the way/,
      ],
      [
        'HTTP sends on to another host',
        { stacks: (json) => json.replace('{"redirect":{', '{"redirect":{"host":"evil.localhost",') },
        ['HTTP'],
        /301 to https:\/\/evil\.localhost/,
      ],
    ],
  );
});
