import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { sourcesOfStack, withFiles } from './sources.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..', '..', '..');

describe('withFiles', () => {
  const fileOf = (construct: string, files: Readonly<Record<string, string>>): string | undefined =>
    withFiles(new Map([['aws_lb_listener.x', { construct }]]), new Map(Object.entries(files))).get('aws_lb_listener.x')
      ?.file;

  it.each<[string, string, Readonly<Record<string, string>>, string | undefined]>([
    ['the only call', 'alb/x', { a: "\n  new LbListener(this, 'x', {" }, 'a:2'],
    ['the only call, of an id that is computed', 'alb/x', { a: 'new LbListener(this, id, {', b: 'new Lb(' }, 'a:1'],
    ['the call with the id', 'alb/x', { a: "new LbListener(this, 'y')\nnew LbListener(this, 'x')" }, 'a:2'],
    ['the call that may have it', 'alb/x', { a: "new LbListener(this, 'y')", b: 'new LbListener(this, id)' }, 'b:1'],
    ['the file of several', 'alb/x', { a: 'new LbListener(this, one)\nnew LbListener(this, two)' }, 'a'],
    ['no file of several', 'alb/x', { a: 'new LbListener(this, one)', b: 'new LbListener(this, two)' }, undefined],
    ['no call of another id', 'alb/x', { a: "new LbListener(this, 'y')" }, undefined],
    ['nothing', 'alb/x', { a: 'new LbListenerRule(this, id)' }, undefined],
  ])('names %s', (_case, construct, files, expected) => {
    expect(fileOf(construct, files)).toBe(expected);
  });
});

describe('sourcesOfStack', () => {
  it('finds the lines of this workspace', async () => {
    const body = (path: string): object => ({ '//': { metadata: { path } } });
    const json = {
      resource: {
        aws_lb_listener: { https: body('alb/https'), http: body('alb/http') },
        aws_lb_listener_rule: { public_1: body('alb/public_1') },
      },
    };
    const sources = await sourcesOfStack(ROOT, 'alb', json);
    const files = [...sources.values()].map(({ file }) => file?.replace(/\d+$/, 'n'));
    expect(files).toEqual(['stacks/alb/alb-stack.ts:n', 'stacks/alb/alb-stack.ts:n', 'stacks/alb/rules.ts:n']);
  });

  it('is nothing new for a stack without a folder', async () => {
    expect(await sourcesOfStack(ROOT, 'none', { resource: {} })).toEqual(new Map());
  });
});
