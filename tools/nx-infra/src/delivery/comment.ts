import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { z } from 'zod';

import { InfraError } from '../errors.ts';
import { type Github } from '../github/github.ts';
import { type TargetResult } from '../targets/target.ts';
import { commentBody, MARK } from './comment-body.ts';

const eventSchema = z.object({
  pull_request: z.object({
    number: z.int().positive(),
    head: z.object({ sha: z.string().regex(/^[0-9a-f]{40,64}$/) }),
  }),
});
const commentSchema = z.object({
  id: z.int(),
  body: z.string().nullish(),
  user: z.object({ type: z.string() }).nullish(),
});
const NOTHING = 'This changes nothing of any environment that workflows deploy.';

export interface CommentOptions {
  readonly root: string;
  /** A folder with a `<environment>.md` for each review, relative to the workspace. Empty or missing: nothing is affected. */
  readonly reviews: string;
  /** The file in which GitHub describes what started the workflow. */
  readonly event: string | undefined;
}

/**
 * `infra:comment`: puts the reviews of a pull request into its one comment, and folds what was there before.
 *
 * @throws {InfraError} `OPTION_INVALID` outside of a pull request's workflow; `GITHUB_FAILED`
 */
export async function comment({ root, reviews, event }: CommentOptions, github: Github): Promise<TargetResult> {
  const { number, head } = await pullRequestOf(event);
  const text = await joined(resolve(root, reviews));
  const comments = await github.all(commentSchema, `issues/${number}/comments`);
  // By the mark, and by a program: what a person quotes is theirs.
  const ours = comments.find(({ body, user }) => user?.type === 'Bot' && body?.startsWith(MARK) === true);
  const body = commentBody({ commit: head.sha, text: text ?? NOTHING }, ours?.body ?? undefined);
  if (ours !== undefined) await github.patch(`issues/comments/${ours.id}`, { body });
  else if (text !== undefined) await github.post(z.object({ id: z.int() }), `issues/${number}/comments`, { body });
  const done = ours !== undefined ? 'Updated the comment' : text !== undefined ? 'Commented' : 'Nothing to say';
  return { message: `${done} on #${number}, of ${head.sha.slice(0, 12)}.`, data: { number, commit: head.sha } };
}

/** The reviews of all environments; undefined where there is none. */
async function joined(folder: string): Promise<string | undefined> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.md')).sort();
  if (files.length === 0) return undefined;
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  return texts.map((text, index) => `## ${files[index]?.slice(0, -'.md'.length)}\n\n${text.trim()}`).join('\n\n');
}

async function pullRequestOf(event: string | undefined): Promise<z.infer<typeof eventSchema>['pull_request']> {
  const text = event === undefined ? '' : await readFile(event, 'utf8').catch(() => '');
  const parsed = eventSchema.safeParse(parse(text));
  if (parsed.success) return parsed.data.pull_request;
  throw new InfraError(
    'OPTION_INVALID',
    'GITHUB_EVENT_PATH names no file that describes a pull request, so that there is nothing to comment on. The workflow of ' +
      'a pull request has one.',
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
