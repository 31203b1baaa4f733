// In: the command line. Out: an exit code: 0 done, 1 failed, 2 wrongly called. Results go to stdout, everything else to stderr.
import { VERSION } from '../core/engine/version.js';
import { codeOf } from '../core/errors.js';
import { evaluate } from './commands/evaluate.js';
import { inspect } from './commands/inspect.js';
import { keygen } from './commands/keygen.js';
import type { Command } from './commands/options.js';
import { predict } from './commands/predict.js';
import { sign } from './commands/sign.js';
import { train } from './commands/train.js';
import { verify } from './commands/verify.js';

const COMMANDS: readonly Command[] = [train, evaluate, predict, inspect, keygen, sign, verify];

const HELP = `tillside: on-device cart add-on recommendations

${COMMANDS.map(({ name, summary }) => `  tillside ${name.padEnd(9)} ${summary}`).join('\n')}

tillside COMMAND --help tells more. Reading event files needs DuckDB beside tillside:
  npx -p tillside -p @duckdb/node-api tillside train --events orders.csv --catalog catalog.csv --out bundle
`;

async function main(argv: readonly string[]): Promise<number> {
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
  process.stderr.write(`tillside ${command.name}: ${message}\n`);
  if (isUsage) process.stderr.write(`${command.help.split('\n', 1)[0]}\n`);
  if (isDebug && error instanceof Error)
    process.stderr.write(`${error.stack}\n${error.cause === undefined ? '' : `cause: ${String(error.cause)}\n`}`);
  else if (codeOf(error) === undefined)
    process.stderr.write('This is a fault of tillside: run it with --debug and report what it prints.\n');
  return isUsage ? 2 : 1;
}

function print(text: string): number {
  process.stdout.write(text);
  return 0;
}

// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

process.exitCode = await main(process.argv.slice(2));
