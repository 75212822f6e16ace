import { describe, expect, it } from '@jest/globals';
import { type AlbEvent } from '@gatehouse/local-alb';

import { albLine, mailLine, poolLine } from './event-line.ts';

const event: AlbEvent = {
  type: 'request',
  listener: 'aws_lb_listener.https',
  protocol: 'h2',
  method: 'GET',
  host: 'app.localhost',
  path: '/admin',
  status: 302,
  complete: true,
  priority: 'default',
  actions: ['authenticate'],
  durationMilliseconds: 1,
};

describe('albLine', () => {
  it('says what the load balancer answered by itself, and by which rule', () => {
    expect(albLine(event)).toBe('load balancer: GET app.localhost/admin 302 authenticate by the default rule');
    expect(albLine({ ...event, priority: 7, actions: ['redirect'], status: 301 })).toBe(
      'load balancer: GET app.localhost/admin 301 redirect by rule 7',
    );
  });

  it('says why a login failed', () => {
    const failed = {
      ...event,
      path: '/oauth2/idpresponse',
      status: 401,
      priority: -1,
      errorReason: 'AuthInvalidCookie',
    };
    expect(albLine({ ...failed, detail: 'the cookie was changed' } as AlbEvent)).toBe(
      'load balancer: GET app.localhost/oauth2/idpresponse 401 authenticate (AuthInvalidCookie: the cookie was changed)',
    );
  });

  it('leaves a request that the application answered to the application', () => {
    expect(albLine({ ...event, actions: ['authenticate', 'forward'], status: 500 })).toBeUndefined();
  });

  it('does not keep quiet about a target that failed', () => {
    const failed: AlbEvent = {
      ...event,
      actions: ['authenticate', 'forward'],
      status: 502,
      detail: 'connection refused',
    };
    expect(albLine(failed)).toMatch(/502 authenticate, forward by the default rule \(connection refused\)$/);
    expect(albLine({ ...event, actions: ['forward'], complete: false })).toMatch(/broken off$/);
  });
});

describe('poolLine', () => {
  it('gives the message of an entry', () => {
    expect(poolLine({ level: 'warn', event: 'sign_in_refused', message: 'Sign-in refused.' })).toBe(
      'user pool: Sign-in refused.',
    );
  });

  it('leaves a mail to the line of its own', () => {
    expect(poolLine({ level: 'info', event: 'mail_sent', message: 'a mail' })).toBeUndefined();
  });
});

describe('mailLine', () => {
  const mail = { to: 'ada@example.com', subject: 'Your code', text: 'It is 123456', sentAt: 0 };

  it('has what a person needs to go on', () => {
    expect(mailLine(mail)).toBe('mail to ada@example.com: Your code: It is 123456');
  });

  it('stays one line, and gives the terminal no orders', () => {
    expect(mailLine({ ...mail, text: 'a\nb\u001b[2Jc\u202ed' })).toBe(
      'mail to ada@example.com: Your code: a\u{FFFD}b\u{FFFD}[2Jc\u{FFFD}d',
    );
  });
});
