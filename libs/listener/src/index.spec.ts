import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as listener from './index.ts';
import { shop } from './testdata/documents.ts';

describe('the public surface', () => {
  it('is these names', () => {
    expect(Object.keys(listener).toSorted()).toEqual([
      'ListenerError',
      'compare',
      'compareRoutes',
      'compileRewrite',
      'exposure',
      'match',
      'matchRule',
      'readLoadBalancers',
      'readTerraform',
      'validate',
    ]);
  });
});

describe('the examples of the README', () => {
  it('print what they say', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const code = [...readme.matchAll(/```js\n(.*?)```/gs)].map(([, block]) => block).join('\n');
    const said = [...code.matchAll(/\/\/ (aws_lb.+)$/gm)].map(([, printed]) => printed);
    const printed: unknown[] = [];
    const body = code.replaceAll(/^import .*$/gm, '').replaceAll(/JSON\.parse\(readFileSync\(.*?\)\)/g, 'document');
    // The README is this repository's own text.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    new Function('readLoadBalancers', 'matchRule', 'exposure', 'document', 'console', body)(
      listener.readLoadBalancers,
      listener.matchRule,
      listener.exposure,
      shop(),
      { log: (text: unknown) => printed.push(text) },
    );
    expect(said.length).toBeGreaterThan(3);
    expect(printed).toEqual(said);
  });
});
