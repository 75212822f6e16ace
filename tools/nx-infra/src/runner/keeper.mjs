// Runs a program to its end, whatever becomes of who started it: `node keeper.mjs <folder> <program> <argument>…`.
// `stdout`, `stderr`, `pid` and, at the end, `exit` are files of the folder.
import { spawn } from 'node:child_process';
import { openSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [folder = '', program = '', ...args] = process.argv.slice(2);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => {});

/** Whole or not at all: others read it as soon as it is there. */
function put(name, value) {
  const file = join(folder, name);
  writeFileSync(`${file}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function endGroup(group) {
  try {
    process.kill(-group, 'SIGKILL');
  } catch {
    // Nobody was left in it.
  }
}

// Files, not pipes: a program that writes into a pipe whose reader was killed is killed by that (SIGPIPE).
const [stdout, stderr] = ['stdout', 'stderr'].map((name) => openSync(join(folder, name), 'w', 0o600));
// In a group of its own, in which whatever it starts is too.
const child = spawn(program, args, { stdio: ['ignore', stdout, stderr], detached: true });
child.once('error', ({ code }) => put('exit', { code: null, signal: code }));
child.once('exit', (code, signal) => {
  // A provider whose Terraform was killed goes on with what it is doing, and then waits for ever.
  if (signal !== null) endGroup(child.pid);
  put('exit', { code, signal });
});
if (child.pid !== undefined) put('pid', child.pid);
