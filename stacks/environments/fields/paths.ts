import { z } from 'zod';

import { field } from '../guidance.ts';
import { EXACT_PATH, isNotCallback, section } from './section.ts';

const unique = (values: readonly string[]): boolean => new Set(values).size === values.length;

export const publicPaths = field(
  z
    .array(
      field(
        z.string().regex(EXACT_PATH).refine(isNotCallback),
        'must be one exact path of at most 128 characters, without wildcards, query or /oauth2/',
        '/logged-out',
      ),
    )
    .refine(unique)
    .readonly(),
  'must list the paths that need no login, each once',
  ['/logged-out', '/assets/gatehouse.css'],
);

const apiPath = field(
  z
    .string()
    .max(128)
    .refine((path) => EXACT_PATH.test(path.replace(/\/\*$/, '/')) && isNotCallback(path)),
  'must be an exact path, or one that ends in /* and so holds for everything below it',
  '/api/*',
);

export const apiPaths = field(
  z.array(apiPath).refine(unique).readonly(),
  'must list the paths whose callers are scripts, each once: they get a 401 where a page gets the way to the login',
  ['/api/*'],
);

const scope = section({
  name: field(
    z.string().regex(/^[a-z][a-z0-9_.:-]{0,62}$/),
    'must be 1 to 63 of a-z, 0-9 and _.:- beginning with a letter; tokens carry it after the identifier and a slash',
    'read',
  ),
  description: field(z.string().min(1).max(256), 'must say, in at most 256 characters, what it allows', 'Read reports'),
});

export const api = field(
  section({
    identifier: field(
      z.string().regex(/^[A-Za-z0-9][A-Za-z0-9.:/_-]{0,254}$/),
      'must be a name or URL for the API, which begins the names of its scopes',
      'gatehouse-api',
    ),
    scopes: field(
      z
        .array(scope)
        .min(1)
        .max(50)
        .refine((scopes) => unique(scopes.map(({ name }) => name)))
        .readonly(),
      'must list 1 to 50 scopes, each once',
      [{ name: 'read', description: 'Read reports' }],
    ),
  }).nullable(),
  'must be the resource server that programs ask for scopes of, or null',
  { identifier: 'gatehouse-api', scopes: [{ name: 'read', description: 'Read reports' }] },
);

export const machines = field(
  section({
    scopes: field(
      z
        .array(field(z.string().min(1), 'must be the name of a scope in api.scopes', 'read'))
        .min(1)
        .refine(unique)
        .readonly(),
      'must list the scopes of api that the machine client may ask for, each once',
      ['read'],
    ),
    paths: field(
      z.array(apiPath).min(1).refine(unique).readonly(),
      'must list the paths where a bearer token passes the load balancer unverified, for the application to verify',
      ['/api/*'],
    ),
  }).nullable(),
  'must say which paths machines may call with bearer tokens and with which scopes, or null',
  { scopes: ['read'], paths: ['/api/*'] },
);
