import {
  type ClientReadableStream,
  credentials,
  type Client,
  makeGenericClientConstructor,
  Metadata,
  Server,
  ServerCredentials,
  type ServiceDefinition,
  type ServiceError,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { type TargetGroup } from '@gatehouse/listener';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { forwardAction, httpsListener, loadBalancer, pathRule, rule } from './testdata/load-balancer.ts';
import { ca, type Rig, startRig } from './testdata/rig.ts';
import { until } from './testdata/until.ts';

const method = (name: string, requestStream: boolean, responseStream: boolean) => ({
  path: `/test.Words/${name}`,
  requestStream,
  responseStream,
  requestSerialize: (text: string) => Buffer.from(text),
  requestDeserialize: (bytes: Buffer) => bytes.toString(),
  responseSerialize: (text: string) => Buffer.from(text),
  responseDeserialize: (bytes: Buffer) => bytes.toString(),
});

/** The four kinds of calls; messages are texts. */
const service: ServiceDefinition = {
  shout: method('Shout', false, false),
  split: method('Split', false, true),
  join: method('Join', true, false),
  talk: method('Talk', true, true),
};

const implementation: UntypedServiceImplementation = {
  shout: (
    call: { request: string; metadata: Metadata },
    done: (error: object | null, text?: string, trailer?: Metadata) => void,
  ) => {
    if (call.request === 'nothing') return done({ code: status.INVALID_ARGUMENT, details: 'nothing to shout' });
    const trailer = new Metadata();
    trailer.set('x-forwarded-for', String(call.metadata.get('x-forwarded-for')[0]));
    done(null, call.request.toUpperCase(), trailer);
  },
  split: (call: { request: string; write(text: string): void; end(): void }) => {
    for (const word of call.request.split(' ')) call.write(word);
    call.end();
  },
  join: (call: AsyncIterable<string>, done: (error: null, text: string) => void) => {
    void (async () => {
      const words: string[] = [];
      for await (const word of call) words.push(word);
      done(null, words.join(' '));
    })();
  },
  talk: (call: {
    on(event: string, listener: (text: string) => void): void;
    write(text: string): void;
    end(): void;
  }) => {
    call.on('data', (text) => call.write(text.toUpperCase()));
    call.on('end', () => call.end());
  },
};

type Unary = (
  text: string,
  done: (error: ServiceError | null, answer?: string) => void,
) => ClientReadableStream<string>;

interface Words extends Client {
  readonly shout: Unary;
  readonly split: (text: string) => ClientReadableStream<string>;
  readonly join: (done: (error: ServiceError | null, answer?: string) => void) => {
    write(text: string): void;
    end(): void;
  };
  readonly talk: () => ClientReadableStream<string> & { write(text: string): void; end(): void };
}

/** gRPC's own client and server, with the load balancer between them. */
describe('gRPC', () => {
  let rig: Rig;
  const lines: string[] = [];
  let client: Words;
  let server: Server;

  beforeAll(async () => {
    server = new Server();
    server.addService(service, implementation);
    const port = await new Promise<number>((resolve, reject) => {
      server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
        error === null ? resolve(bound) : reject(error),
      );
    });
    const made = loadBalancer([
      httpsListener(
        pathRule(1, '/test.Words/*', forwardAction),
        rule('default', [{ type: 'fixed-response', statusCode: 404, contentType: 'text/plain', messageBody: 'no' }]),
      ),
    ]);
    rig = await startRig(
      {
        ...made,
        targetGroups: made.targetGroups.map((group) => ({ ...group, protocolVersion: 'GRPC' }) as TargetGroup),
      },
      { resolveTarget: () => new URL(`http://127.0.0.1:${port}`), accessLog: (line) => lines.push(line) },
    );
    const Constructor = makeGenericClientConstructor(service, 'Words');
    client = new Constructor(`127.0.0.1:${new URL(rig.origin).port}`, credentials.createSsl(Buffer.from(ca)), {
      'grpc.ssl_target_name_override': 'app.localhost',
      'grpc.default_authority': new URL(rig.origin).host,
    }) as unknown as Words;
  });

  afterAll(async () => {
    client.close();
    server.forceShutdown();
    await rig.stop();
  });

  const shout = (text: string) =>
    new Promise<{ answer: string | undefined; error: ServiceError | null; trailer: Metadata }>((resolve) => {
      let given: { answer: string | undefined; error: ServiceError | null };
      const call = client.shout(text, (error, answer) => (given = { error, answer }));
      call.on('status', ({ metadata }: { metadata: Metadata }) =>
        setImmediate(() => resolve({ ...given, trailer: metadata })),
      );
    });

  it('calls, and gets the answer with its trailers [A2.12 D]', async () => {
    const { answer, error, trailer } = await shout('hello');
    expect({ answer, error }).toEqual({ answer: 'HELLO', error: null });
    expect(trailer.get('x-forwarded-for')).toEqual(['127.0.0.1']);
  });

  it('learns why a call failed, where there is no message', async () => {
    expect((await shout('nothing')).error).toMatchObject({
      code: status.INVALID_ARGUMENT,
      details: 'nothing to shout',
    });
  });

  it('streams from the server, from the client, and both ways at once [A4.33 D]', async () => {
    const words: string[] = [];
    for await (const word of client.split('one two three')) words.push(String(word));
    expect(words).toEqual(['one', 'two', 'three']);

    const joined = new Promise((resolve) => {
      const call = client.join((_, answer) => resolve(answer));
      for (const word of words) call.write(word);
      call.end();
    });
    expect(await joined).toBe('one two three');

    const talk = client.talk();
    const heard: string[] = [];
    talk.on('data', (text: string) => {
      heard.push(text);
      if (heard.length < words.length) talk.write(words[heard.length] ?? '');
      else talk.end();
    });
    talk.write('one');
    await new Promise((resolve) => talk.on('end', resolve));
    expect(heard).toEqual(['ONE', 'TWO', 'THREE']);
  });

  it('carries a message that is larger than what is buffered on the way', async () => {
    const large = 'a'.repeat(3_000_000);
    expect((await shout(large)).answer).toBe(large.toUpperCase());
  });

  it('tells the target when a call is given up', async () => {
    const talk = client.talk();
    talk.on('error', () => undefined);
    talk.write('one');
    await new Promise((resolve) => talk.once('data', resolve));
    const before = rig.events.length;
    talk.cancel();
    await until(() => rig.events.length > before);
    expect(rig.events.at(-1)).toMatchObject({ path: '/test.Words/Talk', status: 460, complete: false });
  });

  it('is told that nobody is there, and is logged and counted as gRPC [A4.33 D]', async () => {
    const before = rig.alb.counts['GrpcRequestCount'] ?? 0;
    rig.alb.setFaults({ target: 'down' });
    // As gRPC maps a 502: "HTTP to gRPC Status Code Mapping".
    expect((await shout('hello')).error).toMatchObject({ code: status.UNAVAILABLE });
    rig.alb.setFaults({});
    expect((await shout('hello')).answer).toBe('HELLO');
    expect(rig.alb.counts['GrpcRequestCount']).toBe(before + 2);
    expect(lines.at(-1)).toMatch(/^grpcs .* "POST https:\/\/app\.localhost:\d+\/test\.Words\/Shout HTTP\/2\.0" /);
  });
});
