import { describe, expect, it } from '@jest/globals';

import { type Answer } from '../answer.ts';
import { type Door } from '../check.ts';
import { type Expectation } from '../expectation.ts';
import { httpRedirect } from './http-redirect.ts';

const asked: string[] = [];

async function states(
  origin: string,
  answer: Partial<Answer>,
  httpPort: number | null = 80,
): Promise<readonly string[]> {
  const door: Door = {
    expected: { origin: new URL(origin), httpPort: httpPort ?? undefined } as Expectation,
    visitor: {
      ask: (url) => {
        asked.push(url.href);
        return Promise.resolve({ url, status: 301, headers: [], body: '', ...answer });
      },
    },
    canary: '',
  };
  return (await httpRedirect(door)).map(({ state }) => state);
}

const to = (location: string): Pick<Answer, 'headers'> => ({ headers: [['location', location]] });

describe('the unencrypted port', () => {
  it('may name the port that is usual, as AWS does, and answer 302', async () => {
    const right = to('https://app.example.com:443/gatehouse-verify?a=1');
    expect(await states('https://app.example.com', right)).toEqual(['ok']);
    expect(await states('https://app.example.com', { ...right, status: 302 })).toEqual(['ok']);
    expect(asked.at(-1)).toBe('http://app.example.com/gatehouse-verify?a=1');
  });

  it.each([
    ['loses the query', to('https://app.example.com/gatehouse-verify')],
    ['loses the path', to('https://app.example.com/')],
    ['stays without TLS', to('http://app.example.com/gatehouse-verify?a=1')],
    ['leads to another host', to('https://app.example.com.evil.example/gatehouse-verify?a=1')],
    ['leads to another port', to('https://app.example.com:8443/gatehouse-verify?a=1')],
    ['leads nowhere', {}],
    ['keeps the method', { ...to('https://app.example.com/gatehouse-verify?a=1'), status: 308 }],
    ['answers itself', { status: 200 }],
  ])('is wrong where it %s', async (_what, answer) => {
    expect(await states('https://app.example.com', answer)).toEqual(['failed']);
  });

  it('is not asked where there is none', async () => {
    const before = asked.length;
    expect(await states('https://app.example.com', {}, null)).toEqual([]);
    expect(asked).toHaveLength(before);
  });
});
