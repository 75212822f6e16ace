import { EventEmitter, once } from 'node:events';

import { type User } from '@gatehouse/claims';
import { CurrentUser } from '@gatehouse/claims/nest';
import { ClaimsWsAdapter } from '@gatehouse/claims/nest/ws';
import { afterEach, expect, it } from '@jest/globals';
import { Module } from '@nestjs/common';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';
import { WebSocket } from 'ws';

import { ada, localLogin, RunningApp, settings } from '../testdata/running-app.ts';
import { stopOnSignal } from './stop-on-signal.ts';

/** As somebody adds one who builds on this application. */
@WebSocketGateway({ path: '/live' })
class LiveGateway {
  @SubscribeMessage('who')
  who(@CurrentUser() user: User): object {
    return { event: 'who', data: user.username };
  }
}

@Module({ providers: [LiveGateway] })
class LiveModule {}

let app: RunningApp;
afterEach(() => app.nest.close());

it('a WebSocket is open while the application drains, and is closed with 1001 when it ends', async () => {
  const origin = settings.publicUrl.replace(/\/$/, '');
  app = await RunningApp.start(localLogin(), undefined, {
    imports: [LiveModule],
    prepare: (nest) => nest.useWebSocketAdapter(new ClaimsWsAdapter(nest, { allowedOrigins: [origin] })),
  });
  await app.nest.listen(0, '127.0.0.1');
  const socket = new WebSocket(`${(await app.nest.getUrl()).replace('http', 'ws')}/live`, {
    headers: app.as(ada),
    origin,
  });
  await once(socket, 'open');
  const closed = once(socket, 'close') as Promise<[number, Buffer]>;
  const who = async (): Promise<unknown> => {
    socket.send(JSON.stringify({ event: 'who', data: {} }));
    const [message] = (await once(socket, 'message')) as [Buffer];
    return JSON.parse(message.toString()) as unknown;
  };

  let drained = (): void => undefined;
  const process = new EventEmitter();
  const exited = new Promise<number>((resolve) => Object.assign(process, { exit: resolve }));
  stopOnSignal(
    {
      begin: () => undefined,
      drained: () => new Promise((resolve) => (drained = resolve)),
      close: () => app.nest.close(),
      report: (error) => expect(error).toBeUndefined(),
    },
    process as EventEmitter & { exit: (code: number) => void },
  );
  process.emit('SIGTERM', 'SIGTERM');
  expect(await who()).toEqual({ event: 'who', data: 'ada' });
  drained();
  const [code] = await closed;
  expect([code, await exited]).toEqual([1001, 0]);
});
