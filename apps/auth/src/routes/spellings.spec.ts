import { Agent, request } from 'node:http';
import { type AddressInfo } from 'node:net';

import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { createAdapter } from '../application.ts';
import { createLog } from '../log/log.ts';
import { closeness, spellings } from './spellings.ts';

@Module({})
class Nothing {}

const patterns = [
  '/',
  '/admin',
  '/logged-out',
  '/assets/gatehouse.css',
  '/assets/:name',
  '/reports/:id/pages',
  '/files/*',
  '/a~b/c.d',
  "/x!'y",
  '/a@b+c',
].toSorted((one, other) => closeness(other).localeCompare(closeness(one)));

const agent = new Agent({ keepAlive: true });
let app: NestFastifyApplication;
let port: number;

beforeAll(async () => {
  const adapter = createAdapter(createLog({ write: () => undefined }));
  for (const pattern of patterns) adapter.getInstance().get(pattern, () => pattern);
  app = await NestFactory.create<NestFastifyApplication>(Nothing, adapter, { logger: false });
  await app.listen(0, '127.0.0.1');
  ({ port } = app.getHttpServer().address() as AddressInfo);
});
afterAll(async () => {
  agent.destroy();
  await app.close();
});

/** The pattern whose route the router chose for a path sent as it is; none for an answer of its own. */
function chosen(path: string): Promise<string | undefined> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path, agent }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => resolve(response.statusCode === 200 ? body : undefined));
    })
      .once('error', reject)
      .end();
  });
}

const compiled = patterns.map((pattern) => [pattern, new RegExp(spellings(pattern))] as const);
const said = (path: string): string | undefined => compiled.find(([, regex]) => regex.test(path))?.[0];

const encoded = (character: string): string => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** A path of the patterns, with characters written in other ways. */
const odd = fc
  .tuple(
    fc.constantFrom(...patterns.map((pattern) => pattern.replace(/:\w+/, 'seven').replace('*', 'deep/er'))),
    fc.infiniteStream(fc.constantFrom('', '', '', '', 'code', 'CODE', 'case', 'twice', 'before', 'after')),
    fc.constantFrom('', '', '', '/', '//', '#x', '#', ';x', '%23', '%3b', '/.', '/..', '%00', '%2f', '%'),
  )
  .map(([path, ways, end]) => {
    const units = [...path.slice(1)].map((character) => {
      const { value } = ways.next() as { readonly value: string };
      switch (value) {
        case 'code':
          return encoded(character);
        case 'CODE':
          return encoded(character).toUpperCase();
        case 'case':
          return character === character.toUpperCase() ? character.toLowerCase() : character.toUpperCase();
        case 'twice':
          return encoded('%') + encoded(character).slice(1);
        case 'before':
          return `/${character}`;
        case 'after':
          return `${character}./`;
        default:
          return character;
      }
    });
    return `/${units.join('')}${end}`;
  });

describe('the spellings of a path', () => {
  it('are those that the router takes for it, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(odd, async (path) => {
        // A path that cannot be decoded is answered 400 before it gets to any route.
        const router = await chosen(path);
        if (router === undefined && !decodable(path)) return;
        expect([path, router]).toEqual([path, said(path)]);
      }),
      { numRuns: 1500 },
    );
  }, 60_000);

  it.each([
    ['/admin', '/%61dmin', true],
    ['/admin', '/adm%69n', true],
    ['/admin', '/admin#x', true],
    ['/admin', '/admin%23x', false],
    ['/admin', '/Admin', false],
    ['/admin', '/admin/', false],
    ['/admin', '//admin', false],
    ['/admin', '/x/../admin', false],
    ['/admin', '/x/..%2fadmin', false],
    ['/admin', '/%2561dmin', false],
    ['/admin', '/admin;x=y', false],
    ['/assets/gatehouse.css', '/assets%2fgatehouse.css', false],
    ['/assets/gatehouse.css', '/assets/gatehouse%2ecss', true],
  ])('%s by %s: %p', async (pattern, path, same) => {
    expect(new RegExp(spellings(pattern)).test(path)).toBe(same);
    expect((await chosen(path)) === pattern).toBe(same);
  });

  it.each(['/:id(\\d+)', '/a*b', '/:one-:two', '*', '/*/more'])('of %s are not guessed', (pattern) => {
    expect(() => spellings(pattern)).toThrow(/are not understood/);
  });
});

function decodable(path: string): boolean {
  try {
    decodeURI(path.split('#', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}
