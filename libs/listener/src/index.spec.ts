import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import * as listener from './index.ts';
import { shop } from './testdata/documents.ts';

describe('the public surface', () => {
  it('is these names', () => {
    expect(Object.keys(listener).toSorted()).toEqual(['ListenerError', 'matchRule', 'readLoadBalancers']);
  });
});

describe('the example of the README', () => {
  it('prints what it says', () => {
    const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
    const code = /```js\n(.*?)```/s.exec(readme)?.[1] ?? '';
    const said = [...code.matchAll(/\/\/ (aws_lb\S+)$/gm)].map(([, address]) => address);
    const printed: unknown[] = [];
    const body = code.replaceAll(/^import .*$/gm, '').replaceAll(/JSON\.parse\(readFileSync\(.*?\)\)/g, 'document');
    // The README is this repository's own text.
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    new Function('readLoadBalancers', 'matchRule', 'document', 'console', body)(
      listener.readLoadBalancers,
      listener.matchRule,
      shop(),
      { log: (text: unknown) => printed.push(text) },
    );
    expect(said.length).toBeGreaterThan(1);
    expect(printed).toEqual(said);
  });
});
