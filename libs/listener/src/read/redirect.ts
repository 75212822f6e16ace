import { z } from 'zod';
import { ListenerError } from '../errors.ts';
import { type RedirectAction } from '../model.ts';
import { block, literal, parse, type Place } from './field.ts';

/** Which placeholders each part may hold. Source: ELBv2 API, RedirectActionConfig; User Guide, "Redirect actions". */
const placeholders = {
  protocol: ['protocol'],
  host: ['host'],
  port: ['port'],
  path: ['host', 'port', 'path'],
  query: ['protocol', 'host', 'port', 'path', 'query'],
} as const;

/** What a part is when it is not given: the request's own. */
const unchanged = {
  protocol: '#{protocol}',
  host: '#{host}',
  port: '#{port}',
  path: '/#{path}',
  query: '#{query}',
} as const;

function part(name: keyof typeof placeholders): z.ZodType<string> {
  const allowed: readonly string[] = placeholders[name];
  return literal
    .pipe(
      z
        .string()
        .max(128)
        // It becomes part of a Location header.
        .regex(/^[\x21-\x7e]*$/, 'only visible ASCII without spaces')
        .refine(
          (text) =>
            [...text.matchAll(/#\{([^}]*)\}?/g)].every(
              ([whole, key = '']) => whole.endsWith('}') && allowed.includes(key),
            ),
          `the only placeholders here are ${allowed.map((key) => `#{${key}}`).join(', ')}`,
        ),
    )
    .default(unchanged[name]);
}

const body = block(
  z.strictObject({
    status_code: z.enum(['HTTP_301', 'HTTP_302']),
    protocol: part('protocol').refine(
      (text) => ['HTTP', 'HTTPS', unchanged.protocol].includes(text),
      'expected HTTP, HTTPS or #{protocol}',
    ),
    host: part('host').refine((text) => text !== '', 'expected a host name'),
    port: part('port').refine(
      (text) => text === unchanged.port || (/^[1-9]\d{0,4}$/.test(text) && Number(text) <= 65_535),
      'expected a port from 1 to 65535, or #{port}',
    ),
    path: part('path').refine((text) => text.startsWith('/'), 'a path starts with "/"'),
    query: part('query').refine((text) => !text.startsWith('?'), 'the "?" before the query is not part of it'),
  }),
);

/**
 * A `redirect` block.
 *
 * @throws ListenerError `INVALID_REDIRECT`, `INVALID_FIELD`, `UNKNOWN_FIELD`, `UNRESOLVED_VALUE`
 */
export function readRedirect(written: unknown, listenerProtocol: 'HTTP' | 'HTTPS', place: Place): RedirectAction {
  const { status_code: status, ...target } = parse(body, written, place);
  if (listenerProtocol === 'HTTPS' && target.protocol === 'HTTP') {
    throw new ListenerError('INVALID_REDIRECT', place.address, {
      ...place,
      what: 'It redirects from HTTPS to HTTP',
      why: 'AWS refuses it: the request and its cookies would travel in the clear',
      mend: 'Redirect to HTTPS, or leave the protocol out',
    });
  }
  if (isLoop(target, listenerProtocol)) {
    throw new ListenerError('INVALID_REDIRECT', place.address, {
      ...place,
      what: 'It changes none of protocol, host, port and path',
      why: 'AWS refuses it: the browser would be sent in a circle',
      mend: 'Give at least one of them',
    });
  }
  return { type: 'redirect', statusCode: status === 'HTTP_301' ? 301 : 302, ...target };
}

function isLoop(target: Record<'protocol' | 'host' | 'port' | 'path', string>, listenerProtocol: string): boolean {
  return (
    (target.protocol === unchanged.protocol || target.protocol === listenerProtocol) &&
    target.host === unchanged.host &&
    target.port === unchanged.port &&
    target.path === unchanged.path
  );
}
