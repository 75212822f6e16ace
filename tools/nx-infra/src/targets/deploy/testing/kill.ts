import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';

import { z } from 'zod';

import { type Event } from '../../../progress/event.ts';
import { stillKept } from '../../../runner/keep.ts';
import { Folders } from '../../folder.ts';

const LOOK_MS = 500;
/** Who keeps Terraform ends its provider when Terraform is gone. */
const GRACE_MS = 15_000;
const PROGRAM = join(import.meta.dirname, 'real-deploy.ts');

/** When: a create has started, half of them have, or all of them have and the last is not done. */
export type Point = 'first' | 'middle' | 'last';

/** Something is killed once, in the middle of a wave. */
export interface Kill {
  /** The stacks of the wave. */
  readonly stacks: readonly string[];
  readonly point: Point;
  /**
   * - `terraform`: of each stack, when that stack is at the point
   * - `everything`: the deploying process, and of every stack who keeps Terraform, Terraform and its provider, when the
   *   first of the stacks is there
   */
  readonly what: 'terraform' | 'everything';
}

/** How a deployment ended. */
export interface Deployment {
  readonly success: boolean;
  /** All that it said. */
  readonly said: string;
  /** What was killed, with what was being made then: the lines of a report. */
  readonly killed: readonly string[];
  /** Providers that did not end when their Terraform was killed; they are ended now. */
  readonly leftBehind: readonly number[];
}

interface Making {
  readonly started: ReadonlySet<string>;
  readonly done: ReadonlySet<string>;
}

const planSchema = z.object({
  resource_changes: z
    .array(z.object({ change: z.object({ actions: z.array(z.string()), importing: z.unknown().optional() }) }))
    .default([]),
});

/** Deploys in a process of its own, in which a kill may happen. */
export async function deployment(root: string, env: string, kill: Kill | undefined): Promise<Deployment> {
  const folders = new Folders(root, env);
  const making = new Map<string, Making>();
  const killed: string[] = [];
  const providers: number[] = [];
  const over = new Set<string>();
  let said = '';
  // What is killed does not remove its temporary folders.
  const temporary = await mkdtemp(join(tmpdir(), 'gatehouse-killed-'));
  const child = spawn(process.execPath, ['--conditions=@gatehouse/source', '--import', 'tsx', PROGRAM, root, env], {
    env: { ...process.env, NODE_OPTIONS: '', TMPDIR: temporary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const strike = (stack: string): void => {
    const pid = stillKept(join(folders.applied(stack), 'run'));
    over.add(stack);
    if (pid === undefined) {
      if (kill?.what === 'everything') killed.push(`${stack}: no Terraform`);
      return;
    }
    const processes = processTable();
    const theirs = processes.filter(({ parent }) => parent === pid).map(({ pid: provider }) => provider);
    const keeper = processes.find((each) => each.pid === pid)?.parent;
    if (kill?.what === 'everything') [keeper, pid, ...theirs].forEach(end);
    else end(pid);
    providers.push(...theirs);
    const { started = new Set<string>(), done = new Set<string>() } = making.get(stack) ?? {};
    const open = [...started].filter((address) => !done.has(address));
    killed.push(`${stack}: ${done.size} made, making ${open.join(', ') || 'nothing'}`);
  };
  const see = (event: Event): void => {
    if (event.event !== 'step' || !event.step.startsWith('create ')) return;
    const address = event.step.slice('create '.length);
    const { started, done } = making.get(event.stack) ?? { started: new Set<string>(), done: new Set<string>() };
    const now: Making =
      event.state === 'started'
        ? { started: new Set([...started, address]), done }
        : { started, done: new Set([...done, address]) };
    making.set(event.stack, now);
    if (kill?.stacks.includes(event.stack) !== true || over.has(event.stack)) return;
    if (now.started.size < needed(kill.point, toCreate(folders, event.stack))) return;
    if (kill.what === 'terraform') return strike(event.stack);
    if (event.stack !== kill.stacks[0]) return;
    end(child.pid);
    kill.stacks.forEach(strike);
  };
  child.stderr.on('data', (data: Buffer) => (said += data.toString('utf8')));
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    const event = JSON.parse(line) as Event;
    said += `${'message' in event ? event.message : line}\n`;
    see(event);
  });
  const [[code]] = (await Promise.all([once(child, 'exit'), once(lines, 'close')])) as [[number | null], unknown];
  const leftBehind = await outliving(providers);
  leftBehind.forEach(end);
  await rm(temporary, { recursive: true, force: true });
  return { success: code === 0, said, killed, leftBehind };
}

function needed(point: Point, total: number): number {
  return { first: 1, middle: Math.floor(total / 2) + 1, last: total }[point];
}

/** How many things the plan makes. */
function toCreate(folders: Folders, stack: string): number {
  const file = join(folders.plans, stack, 'plan.json');
  if (!existsSync(file)) return Infinity;
  const { resource_changes: changes } = planSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  return changes.filter(({ change }) => change.actions.includes('create') && change.importing === undefined).length;
}

interface Row {
  readonly pid: number;
  readonly parent: number;
  /** It ended, and nobody has asked how. */
  readonly isOver: boolean;
}

function processTable(): readonly Row[] {
  const rows = execFileSync('ps', ['-A', '-o', 'pid=,ppid=,stat='], { encoding: 'utf8' }).trim().split('\n');
  return rows.map((row) => {
    const [pid, parent, state = ''] = row.trim().split(/\s+/);
    return { pid: Number(pid), parent: Number(parent), isOver: state.startsWith('Z') };
  });
}

function end(pid: number | undefined): void {
  if (pid === undefined || pid <= 1) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended by itself in between.
  }
}

/** Those of some processes that still run after a while. */
async function outliving(pids: readonly number[]): Promise<readonly number[]> {
  const end = Date.now() + GRACE_MS;
  for (;;) {
    const running = processTable().flatMap(({ pid, isOver }) => (pids.includes(pid) && !isOver ? [pid] : []));
    if (running.length === 0 || Date.now() > end) return running;
    await delay(LOOK_MS);
  }
}
