import { describe, expect, it } from '@jest/globals';
import { Budget } from '../language/budget.ts';
import { type Condition } from '../model.ts';
import { Constraints } from './constraints.ts';
import { type Dimension } from './constraint.ts';
import { type Reach } from './universe.ts';
import { valueOf } from './value.ts';

const constraints = new Constraints();
const path = (...values: readonly string[]): Condition => ({ field: 'path-pattern', values });
const host = (...values: readonly string[]): Condition => ({ field: 'host-header', values });
const method = (...values: readonly string[]): Condition => ({ field: 'http-request-method', values });
const source = (...values: readonly string[]): Condition => ({ field: 'source-ip', values });
const query = (value: string, key?: string): Condition => ({
  field: 'query-string',
  values: [key === undefined ? { value } : { key, value }],
});
const header = (...values: readonly string[]): Condition => ({ field: 'http-header', name: 'X-A', values });

function value(
  dimension: Dimension,
  meet: readonly Condition[],
  avoid: readonly Condition[],
  reach: Reach = 'ordinary',
) {
  const compiled = (conditions: readonly Condition[]) => conditions.map((condition) => constraints.of(condition));
  const question = { dimension, meet: compiled(meet), avoid: compiled(avoid) };
  return valueOf(question, reach, { hosts: ['www.example.com'] }, new Budget(100_000));
}

describe('valueOf', () => {
  it.each([
    ['path', [], [], ['/']],
    ['path', [path('/a*')], [path('/a')], ['/aa']],
    ['path', [path('/a*')], [path('/*')], undefined],
    ['path', [path('/a?*')], [path('/a/*')], ['/aa']],
    ['host', [], [], ['www.example.com']],
    ['host', [], [host('*.example.com')], ['a.a']],
    ['host', [host('*.Example.org')], [], ['a.example.org']],
    ['method', [], [], ['GET']],
    ['method', [], [method('GET')], ['POST']],
    ['method', [method('PURGE')], [], ['PURGE']],
    ['method', [method('TRACE')], [], undefined],
    ['method', [method('GET', 'POST')], [method('GET')], ['POST']],
    ['source', [], [], ['192.0.2.1']],
    ['source', [source('10.0.0.0/8')], [source('10.0.0.0/9')], ['10.128.0.0']],
    ['source', [source('10.0.0.0/9')], [source('10.0.0.0/8')], undefined],
    ['source', [], [source('0.0.0.0/0')], ['2001:db8::1']],
    ['source', [], [source('0.0.0.0/0', '::/0')], undefined],
    ['query', [], [query('*')], []],
    ['query', [query('x', 'a')], [], ['a=x']],
    ['query', [query('x')], [], ['a=x']],
    ['query', [query('*', 'a')], [], ['a']],
    ['query', [query('*', 'a')], [query('', 'a')], ['a=a']],
    ['query', [query('x'), query('*', 'b')], [], ['a=x', 'b']],
    ['query', [query('x'), query('*', 'a')], [], ['a=x']],
    ['query', [query('x')], [query('*', 'a*')], ['b=x']],
    ['query', [query('\\*')], [], ['a=*']],
    ['header x-a', [header('yes')], [], ['yes']],
    ['header x-a', [header('a*'), header('*b')], [], ['a', 'b']],
    ['header x-a', [header('ab'), header('*b')], [], ['ab']],
    ['header x-a', [header('a*')], [header('*')], undefined],
    ['header x-a', [], [header('*')], []],
  ] as const)('%s in %j and not in %j: %j', (dimension, meet, avoid, expected) => {
    expect(value(dimension, meet, avoid)).toEqual(expected);
  });

  it('leaves what a browser sends only where it is asked to', () => {
    const everyLetter: Condition = { field: 'path-pattern', values: [], regexValues: ['^[A-Za-z0-9/._~-]*$'] };
    const marks: Condition = { field: 'path-pattern', values: [], regexValues: ['[!"$&\'()*+,:;=@]'] };
    expect(value('path', [], [everyLetter, marks])).toBeUndefined();
    expect(value('path', [], [everyLetter, marks], 'any')).toEqual(['/#']);
    const usual = method('GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS', 'PROPFIND');
    expect(value('method', [], [usual])).toBeUndefined();
    expect(value('method', [], [usual], 'any')).toEqual(['XXXXXXXXX']);
  });
});
