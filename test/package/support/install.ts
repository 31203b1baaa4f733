import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository, whose `dist/` is what is packed. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/** How a program ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface EmptyFolder {
  readonly path: string;
  /** Runs a program there, as from a terminal of its own: npm's settings of this test run do not reach it. */
  run(program: string, args: readonly string[]): Promise<Ended>;
  /** Packs the repository and installs the tarball there, and `others` beside it. @returns the tarball */
  install(...others: string[]): Promise<string>;
  remove(): void;
}

/** An empty folder far from the repository, so that nothing is found in its node_modules. */
export function anEmptyFolder(): EmptyFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'tillside-package-')));
  const run = (program: string, args: readonly string[]) => runIn(path, program, args);
  return {
    path,
    run,
    async install(...others) {
      mkdirSync(join(path, '.pack'));
      const packed = await runIn(ROOT, 'npm', [
        'pack',
        '--ignore-scripts',
        '--silent',
        '--pack-destination',
        join(path, '.pack'),
      ]);
      const tarball = join(path, '.pack', succeeded(packed).stdout.trim());
      writeFileSync(join(path, 'package.json'), '{ "private": true, "type": "module" }\n');
      const flags = ['--prefer-offline', '--no-audit', '--no-fund'];
      succeeded(await run('npm', ['install', ...flags, tarball, ...others]));
      return tarball;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}

function succeeded(ended: Ended): Ended {
  if (ended.code !== 0) throw new Error(`exit ${ended.code}\n${ended.stdout}\n${ended.stderr}`);
  return ended;
}

function runIn(cwd: string, program: string, args: readonly string[]): Promise<Ended> {
  const onWindows = process.platform === 'win32';
  return new Promise((settle) => {
    execFile(
      program,
      args,
      { cwd, env: plainEnvironment(), shell: onWindows, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
        settle({ code, stdout, stderr: stderr || (error && code === 1 ? error.message : '') });
      },
    );
  });
}

/** Without what npm and vitest tell their children: NODE_ENV=test changes what Vite serves. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|vite|vitest|test$|node_env$|node_options$|dev$|prod$)/i.test(name),
  );
  return { ...Object.fromEntries(own), NO_COLOR: '1' };
}
