import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from '../../../scripts/find-browsers.mjs';
import { type Ended, plainEnvironment, ROOT } from './install.js';

/** A line of the table, as `--json` has it. */
export interface Line {
  readonly check: string;
  readonly verdict: 'fine' | 'warning' | 'broken' | 'skipped';
  readonly seen: string;
  readonly remedy?: readonly string[];
}

/** Runs the built command in the browser that the other tests use. */
export function runDoctor(url: string, ...args: readonly string[]): Promise<Ended> {
  const path = findChromium()?.executablePath;
  const browser = path === undefined ? [] : ['--browser-path', path];
  const line = [join(ROOT, 'dist/cli.js'), 'doctor', url, ...browser, ...args];
  return new Promise((settle) => {
    execFile(process.execPath, line, { env: plainEnvironment() }, (error, stdout, stderr) =>
      settle({ code: Number(error?.code ?? 0), stdout, stderr }),
    );
  });
}

/** What is said of each check. */
export async function diagnosed(
  url: string,
  ...args: readonly string[]
): Promise<{ readonly code: number; readonly lines: readonly Line[] }> {
  const { code, stdout, stderr } = await runDoctor(url, '--json', ...args);
  if (stdout === '') throw new Error(`doctor printed nothing: ${stderr}`);
  return { code, lines: (JSON.parse(stdout) as { findings: Line[] }).findings };
}
