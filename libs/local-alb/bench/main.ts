/**
 * Prints the local load balancer's figures beside those of its peers, as Markdown.
 *
 *     node --conditions=@gatehouse/source --import tsx libs/local-alb/bench/main.ts
 *
 * `--rounds`, `--seconds`, `--rate`, `--sockets` and `--bytes` make it shorter.
 */
import { parseArgs } from 'node:util';

import { measureApplication } from './application.ts';
import { loadGenerator } from './load.ts';
import { measureStreaming } from './streaming.ts';
import { renderApplication, renderSteady, renderStreaming, renderThroughput, renderWebSockets } from './table.ts';
import { measureThroughput } from './throughput.ts';
import { measureWebSockets } from './websockets.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '4' },
    rate: { type: 'string', default: '500' },
    sockets: { type: 'string', default: '10000' },
    bytes: { type: 'string', default: '1000000000' },
  },
});

const throughput = await measureThroughput({
  rounds: Number(values.rounds),
  seconds: Number(values.seconds),
  rate: Number(values.rate),
});
const application = await measureApplication({ rounds: Number(values.rounds), seconds: Number(values.seconds) });
const webSockets = await measureWebSockets(Number(values.sockets));
const streaming = await measureStreaming(Number(values.bytes));

console.log(`
### Requests with a session, 16 connections, asked by ${loadGenerator}

${renderThroughput(throughput)}

### The application behind it, 16 connections, asked by ${loadGenerator}

${renderApplication(application)}

### What a request waits longer for, 200 connections, ${values.rate} requests a second

${renderSteady(throughput)}

### WebSockets that are open and idle

${renderWebSockets(webSockets)}

### Streams

${renderStreaming(streaming)}
`);
