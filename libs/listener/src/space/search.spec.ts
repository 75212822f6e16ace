import { describe, expect, it } from '@jest/globals';
import { type Condition } from '../model.ts';
import { listenerOf } from '../testdata/requests.ts';
import { Constraints } from './constraints.ts';
import { searchRequest } from './search.ts';
import { Steps } from './steps.ts';

const path = (...values: readonly string[]): Condition => ({ field: 'path-pattern', values });
const method = (...values: readonly string[]): Condition => ({ field: 'http-request-method', values });
const source = (...values: readonly string[]): Condition => ({ field: 'source-ip', values });

function search(...rules: readonly (readonly Condition[])[]) {
  const steps = new Steps(listenerOf(...rules), new Constraints());
  const rivals = [...rules.keys()];
  return searchRequest(
    {
      within: steps.at(rules.length).box,
      rival: (request) => steps.firstOf(request, rivals),
      boxOf: (rival) => steps.at(rival).box,
    },
    { hosts: ['www.example.com'] },
  );
}

describe('searchRequest', () => {
  it('finds the simplest request', () => {
    expect(search()).toEqual({
      kind: 'found',
      reach: 'ordinary',
      request: { method: 'GET', host: 'www.example.com', path: '/', query: '', headers: [], sourceIp: '192.0.2.1' },
    });
  });

  it('escapes rivals through another part where one is closed', () => {
    expect(search([path('/*'), method('GET')])).toMatchObject({ request: { path: '/', method: 'POST' } });
    expect(search([path('/*'), source('0.0.0.0/0')])).toMatchObject({ request: { sourceIp: '2001:db8::1' } });
  });

  it('takes back a way that leads nowhere', () => {
    const rules = [[path('/'), method('GET')], [path('/?*')], [path('/'), source('0.0.0.0/0', '::/0'), method('POST')]];
    expect(search(...rules)).toMatchObject({ request: { path: '/', method: 'PUT' } });
  });

  it('proves that there is none, and names the rivals', () => {
    const [v4, v6] = [source('0.0.0.0/0'), source('::/0')];
    expect(search([path('/x')], [path('/*'), v4], [v6])).toEqual({ kind: 'empty', rivals: [1, 2] });
    expect(search([path('/*')])).toEqual({ kind: 'empty', rivals: [0] });
  });

  it('goes beyond what a browser sends only where it has to', () => {
    expect(search([{ field: 'host-header', values: ['*.*'] }])).toMatchObject({ reach: 'any', request: { host: 'a' } });
  });

  it('says that it cannot decide rather than take for ever', () => {
    const regex = (letter: string): Condition => ({
      field: 'path-pattern',
      values: [],
      regexValues: [`^/[ab]*${letter}[ab]{30}$`, '^/[ab]{0,30}$', '[^ab/]'],
    });
    expect(search([regex('a')], [regex('b')], [path('/*/*')])).toEqual({ kind: 'undecided' });
  });
});
