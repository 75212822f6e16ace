import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { type AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

import { type FunctionEvent } from '../function-event.ts';

/** Events as a handler of a test sees them: in either shape. */
export type SeenEvent = FunctionEvent & Readonly<Record<string, unknown>>;

/** Stands in for the Lambda runtime interface emulator, with a function in it. */
export interface FunctionServer {
  readonly url: URL;
  /** Paths that were asked. */
  readonly asked: string[];
  readonly events: SeenEvent[];
  /** What the function returns; by default its event. */
  handler: (event: SeenEvent) => unknown;
  /** Answers in place of the function, when set. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | undefined;
  close(): Promise<void>;
}

export async function startFunctionServer(): Promise<FunctionServer> {
  const server = createServer((request, response) => {
    functions.asked.push(request.url ?? '');
    void (async () => {
      const event = (await json(request)) as SeenEvent;
      functions.events.push(event);
      if (functions.answer !== undefined) return functions.answer(request, response);
      const returned = await functions.handler(event);
      response.end(typeof returned === 'string' ? returned : JSON.stringify(returned));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const functions: FunctionServer = {
    url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}`),
    asked: [],
    events: [],
    handler: (event) => ({
      statusCode: 200,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(event),
    }),
    answer: undefined,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return functions;
}
