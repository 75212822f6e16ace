import { describe, expect, it } from '@jest/globals';

import { type Run } from '../runner/command.ts';
import { Terraform } from '../runner/terraform.ts';
import { planShape } from './plan-shape.ts';
import { type Shape } from './shapes.ts';

const shape: Shape = { name: 'one', planned: { 'main.tf.json': {}, 'modules/a/main.tf.json': {} } };

/** What Terraform is asked, by one that answers as it is told. */
function asked(code: (subcommand: string) => number): { terraform: Terraform; commands: string[] } {
  const commands: string[] = [];
  const run: Run = (args) => {
    const [subcommand = ''] = args;
    commands.push(subcommand);
    return Promise.resolve({ code: code(subcommand), stdout: '{"format_version":"1.2"}', stderr: '' });
  };
  return { terraform: new Terraform(run, (text) => text), commands };
}

describe('planShape', () => {
  it('plans what is there, after what was applied', async () => {
    const { terraform, commands } = asked(() => 0);
    expect(await planShape({ ...shape, applied: shape.planned }, terraform)).toEqual({
      shape: { plan: { format_version: '1.2' }, assumptions: [] },
    });
    expect(commands).toEqual(['init', 'plan', 'apply', 'init', 'plan', 'show']);
  });

  it('takes what Terraform planned of what it refuses, and only that', async () => {
    const failing = asked((subcommand) => (subcommand === 'plan' ? 1 : 0));
    await expect(planShape({ ...shape, fails: true }, failing.terraform)).resolves.toHaveProperty('shape');
    await expect(planShape(shape, asked((subcommand) => (subcommand === 'plan' ? 1 : 0)).terraform)).rejects.toThrow();
    await expect(planShape({ ...shape, fails: true }, asked(() => 0).terraform)).rejects.toThrow('Nothing failed');
  });
});
