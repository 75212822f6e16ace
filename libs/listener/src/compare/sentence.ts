import { describeBoth } from '../answer/describe.ts';
import { type Answer } from '../answer/answer.ts';
import { type Listener, type ListenerRequest } from '../model.ts';

/** A request in one line, as `GET https://app.example.com/a?b=c with x-key: 1 from 10.0.0.1`. */
export function requestLine(
  request: ListenerRequest,
  listener: Pick<Listener, 'protocol' | 'port'>,
  source: boolean,
): string {
  const { protocol, port } = listener;
  const usual = (protocol === 'HTTPS' && port === 443) || (protocol === 'HTTP' && port === 80);
  const url = `${protocol.toLowerCase()}://${request.host}${usual ? '' : `:${port}`}${request.path}`;
  const query = request.query === '' ? '' : `?${request.query}`;
  const headers = request.headers.map(([name, value]) => `${name}: ${value}`).join(' and ');
  const from = source ? ` from ${request.sourceIp}` : '';
  return `${request.method} ${url}${query}${headers === '' ? '' : ` with ${headers}`}${from}`;
}

/** What happens to a request before and after, and by which change of the rules. */
export function sentence(line: string, before: Answer, after: Answer, reason: string): string {
  const [was, is] = describeBoth(before, after);
  return `${line}: ${was} before, ${is} after; ${reason}`;
}
