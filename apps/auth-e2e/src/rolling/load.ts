import { Agent, request } from 'node:https';

/** What became of the requests. */
export interface Outcome {
  readonly requests: number;
  /** Whatever was not 200: a status, or the code of an error; each once. */
  readonly failures: readonly string[];
}

const CONNECTIONS = 16;
const PATIENCE_MS = 10_000;

/**
 * Asks again and again, on connections that are kept open, until it has been told to stop and has asked often enough.
 */
export class Load {
  #running = true;
  #requests = 0;
  readonly #failures: string[] = [];
  readonly #workers: readonly Promise<void>[];

  constructor(
    private readonly address: URL,
    private readonly cookie: string,
  ) {
    this.#workers = Array.from({ length: CONNECTIONS }, () => this.#work());
  }

  async stop({ atLeast }: { readonly atLeast: number }): Promise<Outcome> {
    while (this.#requests < atLeast) await new Promise((resolve) => setTimeout(resolve, 50));
    this.#running = false;
    await Promise.all(this.#workers);
    return { requests: this.#requests, failures: this.#failures };
  }

  async #work(): Promise<void> {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    while (this.#running) {
      const outcome = await this.#ask(agent);
      this.#requests += 1;
      if (outcome !== '200') this.#failures.push(outcome);
    }
    agent.destroy();
  }

  /** @returns the status of an answer that came whole, or why there was none */
  #ask(agent: Agent): Promise<string> {
    const { host, hostname, port, pathname } = this.address;
    return new Promise((resolve) => {
      const options = {
        agent,
        host: '127.0.0.1',
        port,
        path: pathname,
        headers: { host, cookie: this.cookie },
        servername: hostname,
        rejectUnauthorized: false,
        timeout: PATIENCE_MS,
      };
      const asked = request(options, (response) => {
        response.on('end', () => resolve(response.complete ? String(response.statusCode) : 'INCOMPLETE'));
        response.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'ERROR'));
        response.resume();
      });
      asked.on('timeout', () => asked.destroy(Object.assign(new Error('no answer'), { code: 'TIMEOUT' })));
      asked.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'ERROR'));
      asked.end();
    });
  }
}
