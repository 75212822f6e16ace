import { z } from 'zod';

import { InfraError } from '../errors.ts';

/** What a workflow is told through its environment (docs.github.com, "Default environment variables"). */
const variablesSchema = z.object({
  GITHUB_API_URL: z.url().default('https://api.github.com'),
  GITHUB_REPOSITORY: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9-]*\/(?!\.{1,2}$)[\w.-]+$/),
  GITHUB_TOKEN: z.string().min(1),
});

/** What the API answers with when something is refused. */
const refusalSchema = z.object({ message: z.string() });
const PER_PAGE = 100;
const TIMEOUT_MILLISECONDS = 30_000;

export interface GithubOptions {
  /** Of the REST API, without a trailing slash. */
  readonly api: string;
  /** `owner/name` */
  readonly repository: string;
  readonly token: string;
}

/**
 * A repository, by GitHub's REST API (version 2022-11-28).
 *
 * Every method throws {@link InfraError} `GITHUB_FAILED`, in which there is no token.
 */
export class Github {
  constructor(private readonly options: GithubOptions) {}

  /** @param path below the repository, for example `issues/1/comments` */
  async get<T>(schema: z.ZodType<T>, path: string): Promise<T> {
    return this.parsed(schema, path, await this.send('GET', path));
  }

  /** Every item of a list, however many pages it has. */
  async all<T>(item: z.ZodType<T>, path: string): Promise<readonly T[]> {
    const found: T[] = [];
    for (let page = 1; ; page += 1) {
      const at = `${path}${path.includes('?') ? '&' : '?'}per_page=${PER_PAGE}&page=${page}`;
      const items = await this.get(z.array(item), at);
      found.push(...items);
      if (items.length < PER_PAGE) return found;
    }
  }

  async post<T>(schema: z.ZodType<T>, path: string, body: object): Promise<T> {
    return this.parsed(schema, path, await this.send('POST', path, body));
  }

  async patch(path: string, body: object): Promise<void> {
    await this.send('PATCH', path, body);
  }

  private async send(method: string, path: string, body?: object): Promise<unknown> {
    const { api, repository, token } = this.options;
    const what = `${method} ${path.replace(/\?.*/, '')}`;
    const response = await fetch(`${api}/repos/${repository}/${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${token}`,
        'user-agent': 'gatehouse',
        'x-github-api-version': '2022-11-28',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // A token is for the one host; a redirect would carry it elsewhere.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    }).catch((error: unknown) => {
      throw failed(what, `there was no answer (${(error as Error).name})`);
    });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok) return answer;
    const said = refusalSchema.safeParse(answer).data?.message.replaceAll(token, '***') ?? 'nothing else';
    throw failed(what, `it answered ${response.status}: ${said}`);
  }

  private parsed<T>(schema: z.ZodType<T>, path: string, answer: unknown): T {
    const parsed = schema.safeParse(answer);
    if (parsed.success) return parsed.data;
    throw failed(
      path.replace(/\?.*/, ''),
      `it answered with something else than was asked for: ${parsed.error.issues[0]?.message}`,
    );
  }
}

/**
 * The repository of the workflow that runs.
 *
 * @throws {InfraError} `OPTION_INVALID` outside of one
 */
export function githubOf(env: NodeJS.ProcessEnv): Github {
  const parsed = variablesSchema.safeParse(env);
  if (!parsed.success) {
    const names = [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))];
    throw new InfraError(
      'OPTION_INVALID',
      `This speaks to GitHub for a workflow, and ${names.join(' and ')} ${names.length > 1 ? 'do' : 'does'} not say to what. ` +
        'By hand: GITHUB_REPOSITORY=owner/name GITHUB_TOKEN="$(gh auth token)", before the command.',
    );
  }
  const { GITHUB_API_URL: api, GITHUB_REPOSITORY: repository, GITHUB_TOKEN: token } = parsed.data;
  return new Github({ api: api.replace(/\/$/, ''), repository, token });
}

function failed(what: string, why: string): InfraError {
  return new InfraError(
    'GITHUB_FAILED',
    `GitHub, ${what}: ${why}. The permissions of the job decide what its token may do (docs/reference/delivery.md).`,
  );
}
