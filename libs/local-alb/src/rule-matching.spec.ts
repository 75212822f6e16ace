import { type Action, type Condition } from '@gatehouse/listener';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { type ClientOptions } from './testdata/client.ts';
import { httpListener, loadBalancer, rule } from './testdata/load-balancer.ts';
import { rawStatus, sendRaw } from './testdata/raw-client.ts';
import { type Rig, startRig } from './testdata/rig.ts';

/** Answers with its own name, so that a test sees which rule it was. */
const says = (messageBody: string): Action => ({
  type: 'fixed-response',
  statusCode: 200,
  contentType: 'text/plain',
  messageBody,
});

const conditions: readonly (readonly [string, ...Condition[]])[] = [
  ['host', { field: 'host-header', values: ['*.example.com', 'b?.test'] }],
  ['path', { field: 'path-pattern', values: ['/Admin/*', '/a?c'] }],
  ['header', { field: 'http-header', name: 'X-Kind', values: ['Blue*'] }],
  ['method', { field: 'http-request-method', values: ['PURGE'] }],
  ['star', { field: 'http-request-method', values: ['PUR_E'] }],
  ['query', { field: 'query-string', values: [{ key: 'Tab', value: 'o?e' }, { value: 'only\\*' }] }],
  ['source', { field: 'source-ip', values: ['192.0.2.0/24'] }],
  ['regex', { field: 'path-pattern', values: [], regexValues: ['^/v[0-9]+/[a-z]+$'] }],
  ['both', { field: 'path-pattern', values: ['/both'] }, { field: 'http-request-method', values: ['PUT', 'PATCH'] }],
];

describe('a listener', () => {
  let rig: Rig;
  beforeAll(async () => {
    const rules = conditions.map(([name, ...held], index) => rule(index + 1, [says(name)], held));
    rig = await startRig(
      loadBalancer([
        httpListener(
          ...rules,
          rule(900, [says('late')], [{ field: 'path-pattern', values: ['/*'] }]),
          rule('default', [says('default')]),
        ),
      ]),
    );
  });
  afterAll(() => rig.stop());

  const answered = async (path: string, options: ClientOptions = {}): Promise<string> =>
    (await rig.fetch(path, options)).body;
  const host = (name: string): ClientOptions => ({ headers: { Host: name } });

  it('tries its rules by their priority, the default rule last [A1.1 D]', async () => {
    expect(await answered('/Admin/late')).toBe('path');
    expect(await answered('/late')).toBe('late');
  });

  it('wants all conditions of a rule and one value of a condition [A1.2 D]', async () => {
    expect(await answered('/both', { method: 'PUT' })).toBe('both');
    expect(await answered('/both', { method: 'PATCH' })).toBe('both');
    expect(await answered('/both')).toBe('late');
    expect(await answered('/other', { method: 'PUT' })).toBe('late');
  });

  it.each([
    ['/Admin/', 'path'],
    ['/Admin/a/b', 'path'],
    ['/abc', 'path'],
    ['/ac', 'late'],
    ['/abbc', 'late'],
  ])('takes * for any number of characters and ? for one: %s [A1.3 D]', async (path, expected) => {
    expect(await answered(path)).toBe(expected);
  });

  it('has no wildcards in methods, nor in the names of headers [A1.4 D, A1.8 D]', async () => {
    expect(await answered('/', { method: 'PURGE' })).toBe('method');
    expect(await answered('/', { headers: { 'X-Kin?': 'Blue' } }).catch(() => 'refused')).not.toBe('header');
  });

  it('matches a method in the case written [A1.8 D]', async () => {
    // Node's own client writes every method in capitals.
    expect(rawStatus(await sendRaw(rig.origin, 'purge / HTTP/1.1\r\nHost: a.b\r\nConnection: close\r\n\r\n'))).toBe(
      400,
    );
  });

  it.each([
    ['a.example.com', 'host'],
    ['A.EXAMPLE.COM', 'host'],
    ['a.example.com:99', 'host'],
    ['example.com', 'late'],
    ['ba.test', 'host'],
    ['bad.test', 'late'],
  ])('matches the host in any case, without its port: %s [A1.5 D]', async (name, expected) => {
    expect(await answered('/', host(name))).toBe(expected);
  });

  it('matches the path in the case written, and never the query [A1.6 D]', async () => {
    expect(await answered('/admin/')).toBe('late');
    expect(await answered('/x?/Admin/')).toBe('late');
    expect(await answered('/%41dmin/')).toBe('late');
  });

  it('matches any of the fields of a header, in any case [A1.7 D]', async () => {
    expect(await answered('/', { headers: { 'x-kind': 'bluebell' } })).toBe('header');
    expect(await answered('/', { headers: { 'X-Kind': ['red', 'BLUE'] } })).toBe('header');
    expect(await answered('/', { headers: { 'X-Kind': 'red' } })).toBe('late');
  });

  it('matches a query in any case, with or without the key, and \\* as itself [A1.9 D]', async () => {
    expect(await answered('/?a=1&TAB=One')).toBe('query');
    expect(await answered('/?tab=on')).toBe('late');
    expect(await answered('/?any=only*')).toBe('query');
    expect(await answered('/?any=onlyX')).toBe('late');
  });

  it('knows a client by its connection, not by X-Forwarded-For [A1.10 D]', async () => {
    expect(await answered('/', { headers: { 'X-Forwarded-For': '192.0.2.7' } })).toBe('late');
  });

  it.each([
    ['/v2/items', 'regex'],
    ['/v2/items/1', 'late'],
    ['/v/items', 'late'],
  ])('searches for regular expressions: %s [A1.14 D]', async (path, expected) => {
    expect(await answered(path)).toBe(expected);
  });

  it('matches visible ASCII only [A1.11 D]', async () => {
    expect(await answered('/', { headers: { 'X-Kind': 'blue\u00e9' } })).toBe('late');
  });
});
