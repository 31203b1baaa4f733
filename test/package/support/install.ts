import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository, whose `dist/` is what is packed. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;
const { devDependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
  devDependencies: Readonly<Record<string, string>>;
};

/** The version of a package that the repository is built with, as npm takes it. */
export const pinned = (name: string) => `${name}@${devDependencies[name]}`;

/** How a program ended. */
export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface EmptyFolder {
  readonly path: string;
  /** Runs a program there, or in a folder below it, as from a terminal of its own: npm's settings of this test run do not reach it. */
  run(program: string, args: readonly string[], below?: string): Promise<Ended>;
  /** Packs the repository and installs the tarball there, and `others` beside it. @returns the tarball */
  install(...others: string[]): Promise<string>;
  remove(): void;
}

/** An empty folder far from the repository, so that nothing is found in its node_modules. */
export function anEmptyFolder(): EmptyFolder {
  const path = realpathSync(mkdtempSync(join(tmpdir(), 'tillside-package-')));
  const run = (program: string, args: readonly string[], below = path) => runIn(below, program, args);
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
      const install = (preference: string) => run('npm', ['install', preference, '--no-audit', '--no-fund', tarball, ...others]);
      const cached = await install('--prefer-offline');
      // What npm has cached may be older than a version that another package asks for.
      succeeded(cached.stderr.includes('ETARGET') ? await install('--prefer-online') : cached);
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
  const options = { cwd, env: plainEnvironment(), shell: process.platform === 'win32', maxBuffer: MAX_OUTPUT_BYTES };
  return new Promise((settle, fail) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      // A number is the program's own answer; anything else is that it did not run to its end.
      if (error && typeof error.code !== 'number') fail(error);
      else settle({ code: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}

/** Without what npm and vitest tell their children: NODE_ENV=test changes what Vite serves, a folder of commands lends its packages. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|vite|vitest|test$|node_env$|node_options$|dev$|prod$)/i.test(name),
  );
  const path = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => basename(folder) !== '.bin');
  return { ...Object.fromEntries(own), PATH: path.join(delimiter), NO_COLOR: '1', NEXT_TELEMETRY_DISABLED: '1' };
}
