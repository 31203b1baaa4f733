// In: the arguments of a command line. Out: an exit code. Results go to stdout, everything else to stderr.
import { VERSION } from '../../core/engine/version.js';
import { codeOf } from '../../core/errors.js';
import { doctor } from './doctor.js';
import { evaluate } from './evaluate.js';
import { inspect } from './inspect.js';
import { keygen } from './keygen.js';
import { offers } from './offers.js';
import type { Command } from './options.js';
import { predict } from './predict.js';
import { sign } from './sign.js';
import { train } from './train.js';
import { uplift } from './uplift.js';
import { verify } from './verify.js';

const COMMANDS: readonly Command[] = [train, evaluate, predict, uplift, inspect, offers, keygen, sign, verify, doctor];

const HELP = `tillside: on-device cart add-on recommendations

${COMMANDS.map(({ name, summary }) => `  tillside ${name.padEnd(9)} ${summary}`).join('\n')}

tillside COMMAND --help tells more. Reading event files needs DuckDB beside tillside:
  npx -p tillside -p @duckdb/node-api tillside train --events orders.csv --catalog catalog.csv --out bundle
`;

/** Runs one command line, without node and script. @returns the exit code: 0 done, 1 failed, 2 wrongly called */
export async function runCli(argv: readonly string[]): Promise<number> {
  const args = argv.filter((arg) => arg !== '--debug');
  const [name, ...rest] = args;
  if (name === '--version' || name === '-v') return print(`${VERSION}\n`);
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    if (name !== undefined) return print(HELP);
    process.stderr.write(HELP);
    return 2;
  }
  const command = COMMANDS.find((each) => each.name === name);
  if (command === undefined) {
    process.stderr.write(`tillside: there is no command "${name}". Commands: ${COMMANDS.map((each) => each.name).join(', ')}.\n`);
    return 2;
  }
  if (rest.includes('--help') || rest.includes('-h')) return print(`${command.help}\n`);
  try {
    return await command.run(rest);
  } catch (error) {
    return report(error, { command, isDebug: argv.includes('--debug') });
  }
}

function report(error: unknown, { command, isDebug }: { command: Command; isDebug: boolean }): number {
  const isUsage = codeOf(error) === 'usage';
  const message = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  process.stderr.write(`tillside ${command.name}: ${message}${code === undefined || isUsage ? '' : ` (${code})`}\n`);
  if (isUsage) process.stderr.write(`${command.help.split('\n', 1)[0]}\n`);
  if (isDebug && error instanceof Error)
    process.stderr.write(`${error.stack}\n${error.cause === undefined ? '' : `cause: ${String(error.cause)}\n`}`);
  else if (code === undefined)
    process.stderr.write('This is a fault of tillside: run it with --debug and report what it prints.\n');
  return isUsage ? 2 : 1;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}
