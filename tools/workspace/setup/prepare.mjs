// @ts-check
/**
 * Installs what a fresh clone lacks, and nothing else: npm's packages, and with `--browser` a Chromium for the browser
 * journey. Runs before anything is installed, so it is plain JavaScript on Node's own modules.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { findBrowser } from './browser.mjs';

const root = fileURLToPath(new URL('../../../', import.meta.url));

requireNode();
installPackages();
if (process.argv.includes('--browser')) installBrowser();

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  stop(
    `Node ${process.version} is too old: Gatehouse needs 20.19 or newer. Install the current LTS from https://nodejs.org.`,
  );
}

/** `npm ci`, when the packages are not those of the lock file. */
function installPackages() {
  // A second worktree that borrows the packages of the first: `npm ci` would empty them for both.
  if (lstatSync(`${root}node_modules`, { throwIfNoEntry: false })?.isSymbolicLink()) return;
  const lock = readFileSync(`${root}package-lock.json`);
  const wanted = createHash('sha256').update(lock).update(process.version).digest('hex');
  const stamp = `${root}node_modules/.installed-lock`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing packages (npm ci)…');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) stop('npm ci failed; its reason stands above.');
  writeFileSync(stamp, wanted);
}

function installBrowser() {
  if (findBrowser() !== undefined) return;
  const asRoot = process.getuid?.() === 0;
  const apt = spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0;
  const sudo = asRoot ? [] : ['sudo', '-n'];
  if (!apt || (!asRoot && spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status !== 0)) {
    stop('No Chromium or Chrome was found: the browser journey needs one. Install it, or name it in CHROME_PATH.');
  }
  console.log('Installing Chromium (apt-get install chromium)…');
  const run = (/** @type {string[]} */ ...args) => {
    const [command = '', ...rest] = [...sudo, 'apt-get', '-qq', '-o', 'Dpkg::Use-Pty=0', ...args];
    execFileSync(command, rest, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  };
  run('update');
  run('install', '-y', '--no-install-recommends', 'chromium');
  if (findBrowser() === undefined) stop('Chromium was installed by apt-get, yet no chromium is on the path.');
}

/**
 * @param {string} line
 * @returns {never}
 */
function stop(line) {
  console.error(line);
  process.exit(1);
}
