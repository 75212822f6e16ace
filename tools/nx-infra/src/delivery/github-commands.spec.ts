import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { fakeGithub } from '../github/testing/fake-github.ts';
import { reviewsOf } from './comment-body.ts';
import { comment } from './comment.ts';
import { driftBody, driftIssue } from './drift-issue.ts';
import { merged } from './merged.ts';

const COMMIT = 'c'.repeat(40);
const HEAD = 'a'.repeat(40);

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'gatehouse-delivery-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const put = async (name: string, content: unknown): Promise<string> => {
  const file = join(root, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};
const eventOf = (sha: string) => put('event.json', { pull_request: { number: 7, head: { sha } } });

describe('infra:comment', () => {
  it('makes one comment, and keeps what it said before folded in it', async () => {
    await using fake = await fakeGithub();
    fake.comments.push({ id: 1, body: 'From a person', user: { type: 'User' } });
    await put('reviews/prod.md', 'Safe.');
    await put('reviews/dev.md', 'Look.');
    await comment({ root, reviews: 'reviews', event: await eventOf(HEAD) }, fake.github);
    await put('reviews/prod.md', 'Stop.');
    await comment({ root, reviews: 'reviews', event: await eventOf('b'.repeat(40)) }, fake.github);
    expect(fake.comments.map(({ id }) => id)).toEqual([1, 2]);
    expect(fake.comments[0]?.body).toBe('From a person');
    expect(reviewsOf(fake.comments[1]?.body ?? '')).toEqual([
      { commit: 'b'.repeat(40), text: '## dev\n\nLook.\n\n## prod\n\nStop.' },
      { commit: HEAD, text: '## dev\n\nLook.\n\n## prod\n\nSafe.' },
    ]);
  });

  it('leaves alone what a person wrote with its mark', async () => {
    await using fake = await fakeGithub();
    const quoted = '<!-- gatehouse: review -->\nquoted';
    fake.comments.push({ id: 1, body: quoted, user: { type: 'User' } });
    await put('reviews/prod.md', 'Safe.');
    await comment({ root, reviews: 'reviews', event: await eventOf(HEAD) }, fake.github);
    expect(fake.comments.map(({ body }) => body === quoted)).toEqual([true, false]);
  });

  it('says that nothing is affected any more, and nothing where nothing ever was', async () => {
    await using fake = await fakeGithub();
    await comment({ root, reviews: 'none', event: await eventOf(HEAD) }, fake.github);
    expect(fake.comments).toEqual([]);
    await put('reviews/prod.md', 'Safe.');
    await comment({ root, reviews: 'reviews', event: await eventOf(HEAD) }, fake.github);
    await comment({ root, reviews: 'none', event: await eventOf('b'.repeat(40)) }, fake.github);
    expect(reviewsOf(fake.comments[0]?.body ?? '').map(({ text }) => text)).toEqual([
      'This changes nothing of any environment that workflows deploy.',
      '## prod\n\nSafe.',
    ]);
  });

  it('comments on nothing outside of a pull request', async () => {
    await using fake = await fakeGithub();
    for (const event of [undefined, join(root, 'missing'), await put('push.json', { ref: 'refs/heads/main' })]) {
      await expect(comment({ root, reviews: 'reviews', event }, fake.github)).rejects.toMatchObject({
        code: 'OPTION_INVALID',
      });
    }
    expect(fake.asked).toEqual([]);
  });
});

const finding = (check: string, message: string) => ({ event: 'finding', state: 'failed', check, message });
const drifted = [
  finding('alb', 'aws_lb.alb was changed\n~ idle_timeout: 60 → 30'),
  finding('ecs', 'aws_iam_role.x was deleted'),
];
const found = { event: 'result', success: false, code: 'DRIFT_FOUND', message: 'Changed outside of Terraform.' };
const none = { event: 'result', success: true, message: 'No drift in prod.' };
const report = (...lines: readonly object[]) =>
  put('drift.jsonl', ['> nx run infra:drift', ...lines.map((line) => JSON.stringify(line)), ' NX  done'].join('\n'));
const issued = (fake: Awaited<ReturnType<typeof fakeGithub>>, env = 'prod') =>
  driftIssue({ root, env, report: 'drift.jsonl' }, fake.github);

describe('infra:drift-issue', () => {
  it('opens one, updates it, and closes it when nothing drifts any more', async () => {
    await using fake = await fakeGithub();
    await report(...drifted, found);
    await issued(fake);
    await issued(fake);
    expect(fake.issues).toHaveLength(1);
    expect(fake.issues[0]).toMatchObject({ title: 'Drift in prod', state: 'open' });
    expect(fake.issues[0]?.['body']).toMatch(
      /### alb\n\n```text\naws_lb\.alb was changed\n~ idle_timeout: 60 → 30\n```/,
    );
    expect(fake.asked.filter((line) => line.startsWith('PATCH'))).toEqual([]);
    await report(drifted[0]!, found);
    await issued(fake);
    expect(fake.issues[0]?.['body']).not.toContain('ecs');
    await report(none);
    await issued(fake);
    expect(fake.issues).toMatchObject([{ state: 'closed' }]);
    await report(...drifted, found);
    await issued(fake);
    expect(fake.issues.map(({ state }) => state)).toEqual(['closed', 'open']);
  });

  it('keeps environments apart, and out of what people and pull requests say', async () => {
    await using fake = await fakeGithub();
    const body = '<!-- gatehouse: drift of prod -->';
    fake.issues.push({ number: 1, state: 'open', body, user: { type: 'User' } });
    fake.issues.push({ number: 2, state: 'open', body, user: { type: 'Bot' }, pull_request: {} });
    await report(...drifted, found);
    await issued(fake);
    await issued(fake, 'dev');
    expect(fake.issues.map((issue) => issue['title'])).toEqual([undefined, undefined, 'Drift in prod', 'Drift in dev']);
    await report(none);
    await issued(fake);
    expect(fake.issues.map(({ state }) => state)).toEqual(['open', 'open', 'closed', 'open']);
  });

  it.each<[string, readonly object[]]>([
    ['failed', [{ event: 'result', success: false, code: 'AWS_FAILED', message: 'Access denied.' }]],
    ['was ended', [...drifted]],
    ['said nothing', []],
    ['says two things', [...drifted, none]],
  ])('neither opens nor closes anything where looking %s', async (_how, lines) => {
    await using fake = await fakeGithub();
    fake.issues.push({ number: 1, state: 'open', body: '<!-- gatehouse: drift of prod -->', user: { type: 'Bot' } });
    await report(...lines);
    await expect(issued(fake)).rejects.toMatchObject({ code: 'DRIFT_UNKNOWN' });
    expect(fake.asked).toEqual([]);
  });

  it('stays text whatever drifted, and within what GitHub takes', () => {
    const fence = driftBody('prod', { findings: [{ stack: 'alb', message: '```\n<script>' }] });
    expect(fence).toContain('````text\n```\n<script>\n````');
    const many = Array.from({ length: 3000 }, (_each, index) => ({
      stack: 'alb',
      message: `aws_x.y${index} was changed\n${'z'.repeat(50)}`,
    }));
    const long = driftBody('prod', { findings: many });
    expect(long.length).toBeLessThanOrEqual(65_536);
    expect(long).toMatch(/\n```text\n[^`]*\n```\n\n`nx run infra:drift --env=prod` shows it\.$/);
  });
});

describe('infra:merged', () => {
  const pull = {
    number: 7,
    merged_at: '2026-01-01',
    merge_commit_sha: COMMIT,
    base: { ref: 'main' },
    head: { sha: HEAD },
  };
  const run = (id: number, more: object = {}) => ({
    id,
    event: 'pull_request',
    conclusion: 'success',
    run_number: id,
    ...more,
  });
  const names = (...all: readonly string[]) => ({ artifacts: all.map((name) => ({ name, expired: false })) });
  const RUNS = 'actions/workflows/pull-request.yml/runs';

  it('finds the newest run that reviewed what was merged, and its plans in the order of environments', async () => {
    await using fake = await fakeGithub();
    fake.answers.set(`commits/${COMMIT}/pulls`, [{ ...pull, number: 6, merged_at: null }, pull]);
    fake.answers.set(RUNS, {
      workflow_runs: [run(3), run(5), run(9, { conclusion: 'failure' }), run(8, { event: 'push' })],
    });
    fake.answers.set('actions/runs/5/artifacts', {
      artifacts: [
        ...names('plans-prod', 'plans-dev', 'plans-other', 'review-prod').artifacts,
        { name: 'plans-old', expired: true },
      ],
    });
    const { data } = await merged({ commit: COMMIT, env: ['dev', 'old', 'prod'] }, fake.github);
    expect(data).toEqual({ pullRequest: 7, run: 5, environments: ['dev', 'prod'] });
  });

  it.each<[string, object[]]>([
    ['pushed past any pull request', []],
    ['in one that was not merged', [{ ...pull, merged_at: null }]],
    ['in one that was merged as another commit', [{ ...pull, merge_commit_sha: HEAD }]],
    ['in one for another branch', [{ ...pull, base: { ref: 'next' } }]],
  ])('knows of no review of what was %s', async (_how, pulls) => {
    await using fake = await fakeGithub();
    fake.answers.set(`commits/${COMMIT}/pulls`, pulls);
    const { data } = await merged({ commit: COMMIT, env: ['prod'] }, fake.github);
    expect(data).toEqual({ pullRequest: null, run: null, environments: [] });
  });

  it('knows of no review where no run succeeded', async () => {
    await using fake = await fakeGithub();
    fake.answers.set(`commits/${COMMIT}/pulls`, [pull]);
    fake.answers.set(RUNS, { workflow_runs: [] });
    expect((await merged({ commit: COMMIT, env: ['prod'] }, fake.github)).data).toMatchObject({
      pullRequest: 7,
      run: null,
    });
  });

  it('takes whole names of commits alone', async () => {
    await using fake = await fakeGithub();
    await expect(merged({ commit: 'main', env: [] }, fake.github)).rejects.toMatchObject({ code: 'OPTION_INVALID' });
  });
});
