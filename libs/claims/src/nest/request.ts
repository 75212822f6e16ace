import { type RawHeaders } from '../alb-headers.ts';

/** A request as Fastify hands it on (with Node's request under `raw`) or as Express does (it is Node's request). */
export interface ClaimsRequest {
  readonly raw?: { readonly rawHeaders: RawHeaders };
  readonly rawHeaders?: RawHeaders;
  user?: unknown;
}

/** The headers as they came, duplicates included. A request of another shape has none, and so is refused. */
export function rawHeadersOf(request: ClaimsRequest): RawHeaders {
  return request.raw?.rawHeaders ?? request.rawHeaders ?? [];
}
