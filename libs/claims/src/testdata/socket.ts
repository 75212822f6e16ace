import { once } from 'node:events';
import { type ClientOptions, WebSocket } from 'ws';

/** What a gateway sends: an answer, or `exception`. */
export interface Message {
  readonly event: string;
  readonly data: unknown;
}

/** A WebSocket as a page or a program opens it. */
export class Socket {
  /** The code and the reason that it was closed with. */
  readonly closed: Promise<readonly [number, string]>;

  private constructor(private readonly socket: WebSocket) {
    this.closed = new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve([code, reason.toString()]));
    });
  }

  static async open(url: string, options: ClientOptions = {}): Promise<Socket> {
    const socket = new WebSocket(url, options);
    const opened = new Socket(socket);
    await once(socket, 'open');
    return opened;
  }

  /** Sends a message and waits for the one that comes next; rejects when the connection is closed instead. */
  async ask(event: string, data: unknown = {}): Promise<Message> {
    const over = new AbortController();
    void this.closed.then(() => over.abort());
    const answer = once(this.socket, 'message', { signal: over.signal });
    this.socket.send(JSON.stringify({ event, data }));
    const [message] = (await answer) as [Buffer];
    return JSON.parse(message.toString()) as Message;
  }

  close(): void {
    this.socket.close();
  }
}
