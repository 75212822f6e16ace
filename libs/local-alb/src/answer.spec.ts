import { describe, expect, it } from '@jest/globals';

import { pageAnswer, redirectAnswer, textAnswer } from './answer.ts';

describe('answers', () => {
  it('are pages as those of AWS [B8.18 R]', () => {
    const { status, headers, body } = pageAnswer(401);
    expect(status).toBe(401);
    expect(Object.fromEntries(headers)).toEqual({
      Server: 'awselb/2.0',
      'Content-Type': 'text/html',
      'Content-Length': '144',
    });
    expect(body).toBe(
      '<html>\r\n<head><title>401 Authorization Required</title></head>\r\n<body>\r\n' +
        '<center><h1>401 Authorization Required</h1></center>\r\n</body>\r\n</html>\r\n',
    );
    expect(pageAnswer(418).body).toContain('<title>418</title>');
  });

  it('have the length of their bytes', () => {
    expect(textAnswer(200, 'text/plain', '\u00e9').headers).toContainEqual(['Content-Length', '2']);
  });

  it('redirect, with cookies', () => {
    expect(redirectAnswer(302, 'https://a/', ['x=1', 'y=2']).headers.slice(-3)).toEqual([
      ['Location', 'https://a/'],
      ['Set-Cookie', 'x=1'],
      ['Set-Cookie', 'y=2'],
    ]);
  });
});
