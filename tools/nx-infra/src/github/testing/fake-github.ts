import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { Github } from '../github.ts';

export const TOKEN = 'ghs_canary0123456789';
export const REPOSITORY = 'example/gatehouse';

export interface FakeComment {
  readonly id: number;
  body: string;
  readonly user: { readonly type: string };
}
export interface FakeIssue extends Record<string, unknown> {
  readonly number: number;
  state: string;
}

/** What the fake has, and what it was asked. */
export interface FakeGithub extends AsyncDisposable {
  readonly github: Github;
  readonly api: string;
  readonly comments: FakeComment[];
  readonly issues: FakeIssue[];
  readonly asked: string[];
  /** Answers to GETs by path, for what is not comments and issues. */
  readonly answers: Map<string, unknown>;
}

type Body = Record<string, unknown>;

/** As much of GitHub's REST API as is used: comments and issues in pages, and answers that a test gives. */
export async function fakeGithub(token: string = TOKEN): Promise<FakeGithub> {
  const comments: FakeComment[] = [];
  const issues: FakeIssue[] = [];
  const asked: string[] = [];
  const answers = new Map<string, unknown>();
  const page = (url: URL, items: readonly unknown[]): readonly unknown[] => {
    const size = Number(url.searchParams.get('per_page') ?? 30);
    const at = (Number(url.searchParams.get('page') ?? 1) - 1) * size;
    return items.slice(at, at + size);
  };
  const answer = (method: string, url: URL, body: Body): readonly [number, unknown] => {
    const path = url.pathname.slice(`/repos/${REPOSITORY}/`.length);
    const given = answers.get(path);
    const id = Number(/^issues\/(?:comments\/)?(\d+)/.exec(path)?.[1]);
    switch (`${method} ${path.replace(/\d+/, 'N')}`) {
      case 'GET issues/N/comments':
        return [200, page(url, comments)];
      case 'POST issues/N/comments': {
        const made = { id: comments.length + 1, body: String(body['body']), user: { type: 'Bot' } };
        comments.push(made);
        return [201, made];
      }
      case 'PATCH issues/comments/N':
        Object.assign(comments.find((comment) => comment.id === id) ?? {}, body);
        return [200, {}];
      case 'GET issues':
        return [
          200,
          page(
            url,
            issues.filter(({ state }) => state === url.searchParams.get('state')),
          ),
        ];
      case 'POST issues': {
        const made = { number: issues.length + 1, state: 'open', user: { type: 'Bot' }, ...body };
        issues.push(made);
        return [201, made];
      }
      case 'PATCH issues/N':
        Object.assign(issues.find(({ number }) => number === id) ?? {}, body);
        return [200, {}];
      default:
        return given === undefined ? [404, { message: `Not Found, ${token}` }] : [200, given];
    }
  };
  const server = createServer((request, response) => {
    void (async () => {
      const url = new URL(request.url ?? '', 'http://fake');
      const method = request.method ?? '';
      asked.push(`${method} ${url.pathname}`);
      const body = method === 'GET' ? {} : ((await json(request)) as Body);
      const isKnown = request.headers.authorization === `Bearer ${TOKEN}`;
      const [status, content] = isKnown ? answer(method, url, body) : [401, { message: 'Bad credentials' }];
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
    })();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  const github = new Github({ api, repository: REPOSITORY, token });
  return { github, api, comments, issues, asked, answers, [Symbol.asyncDispose]: close };
}
