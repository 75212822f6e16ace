import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type App } from 'cdktf';

import { gatehouse } from './app.ts';
import { stackNames } from './contracts/index.ts';
import { type Environment, environments } from './environments/index.ts';
import { local } from './environments/local.ts';
import { type GatehouseStack } from './gatehouse-stack.ts';
import { synthesize } from './synth.ts';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'gatehouse-synth-spec-'));
});
afterEach(() => {
  rmSync(outdir, { recursive: true, force: true });
});

const file = (...path: readonly string[]) => readFileSync(join(outdir, ...path), 'utf8');
/** Those of an environment that no workflow deploys. */
const names = stackNames.filter((name) => name !== 'delivery');
const everything = () => [file('manifest.json'), ...names.map((name) => file('stacks', name, 'cdk.tf.json'))];

/** The stacks, with a rule that somebody wrote past the constructs. */
function withOpenRule(environment: Environment, into: string): App {
  const app = gatehouse(environment, into);
  const alb = app.node.findChild('alb') as GatehouseStack;
  alb.addOverride('resource.aws_lb_listener_rule.open', {
    listener_arn: '${aws_lb_listener.https.arn}',
    priority: 7,
    condition: [{ path_pattern: { values: ['/*'] } }],
    action: [{ type: 'forward', target_group_arn: '${aws_lb_target_group.app.arn}' }],
  });
  return app;
}

describe('synthesize', () => {
  it('writes a folder a stack, and a manifest that says what comes before what', () => {
    synthesize(local, join(outdir, 'new', 'folder'));
    const { stacks } = JSON.parse(file('new', 'folder', 'manifest.json')) as {
      stacks: Record<string, { dependencies: readonly string[]; workingDirectory: string }>;
    };
    expect(Object.keys(stacks).sort()).toEqual([...names].sort());
    expect(stacks['network']?.dependencies).toEqual([]);
    expect(stacks['cognito']?.dependencies).toEqual([]);
    expect(stacks['ecr']?.dependencies).toEqual([]);
    expect([...(stacks['alb']?.dependencies ?? [])].sort()).toEqual(['cognito', 'network']);
    expect([...(stacks['ecs']?.dependencies ?? [])].sort()).toEqual(['alb', 'cognito', 'ecr', 'network']);
    expect(readdirSync(join(outdir, 'new', 'folder')).sort()).toEqual(['manifest.json', 'stacks']);
  });

  it.each(Object.values(environments))('writes the same for $name every time, wherever it writes', (environment) => {
    synthesize(environment, outdir);
    const first = everything();
    synthesize(environment, outdir);
    expect(everything()).toEqual(first);
    for (const text of first) {
      for (const here of [process.cwd(), homedir(), tmpdir(), outdir]) expect(text).not.toContain(`${here}/`);
      expect(text).not.toMatch(/TfToken|TOKEN\[/);
    }
  });

  it('leaves what Terraform keeps in the folders', () => {
    mkdirSync(join(outdir, 'stacks', 'alb'), { recursive: true });
    writeFileSync(join(outdir, 'stacks', 'alb', '.terraform.lock.hcl'), 'kept');
    synthesize(local, outdir);
    expect(file('stacks', 'alb', '.terraform.lock.hcl')).toBe('kept');
  });

  it('refuses a raw override that opens the application, and writes nothing', () => {
    synthesize(local, outdir);
    const before = everything();
    expect(() => synthesize({ ...local, domain: 'other.localhost' }, outdir, withOpenRule)).toThrow(
      expect.objectContaining({ code: 'INVARIANT_BROKEN' }),
    );
    expect(everything()).toEqual(before);
    expect(readdirSync(outdir).sort()).toEqual(['manifest.json', 'stacks']);
  });

  it('writes no manifest at all when the first attempt is refused', () => {
    expect(() => synthesize(local, outdir, withOpenRule)).toThrow('FORWARD_WITHOUT_LOGIN');
    expect(existsSync(join(outdir, 'manifest.json'))).toBe(false);
  });
});
