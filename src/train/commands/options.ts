import { type ParseArgsConfig, parseArgs } from 'node:util';
import { TillsideError } from '../../core/errors.js';

/** A subcommand of the CLI. */
export interface Command {
  readonly name: string;
  readonly summary: string;
  /** what `--help` prints */
  readonly help: string;
  /** @returns the exit code */
  run(args: readonly string[]): Promise<number>;
}

type Options = NonNullable<ParseArgsConfig['options']>;
type Parsed<O extends Options> = ReturnType<typeof parseArgs<{ options: O; allowPositionals: boolean; strict: true }>>;

/**
 * Parses a subcommand's arguments; `--debug` and `--help` belong to the CLI and are already gone.
 *
 * @throws {TillsideError} `usage`
 */
export function parseOptions<O extends Options>(args: readonly string[], options: O, allowPositionals = false): Parsed<O> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals, strict: true });
  } catch (cause) {
    const problem = (cause as Error).message.split('. To specify')[0];
    throw new TillsideError('usage', `${problem}. --help after the command lists its options.`, cause);
  }
}

/** The one folder that a command is about, as `--bundle DIR` or `DIR`. @throws {TillsideError} `usage` */
export function requiredBundle(named: string | undefined, positionals: readonly string[]): string {
  const [folder, ...more] = named === undefined ? positionals : [named, ...positionals];
  if (more.length > 0) throw new TillsideError('usage', `Name one bundle folder, not ${1 + more.length}.`);
  return required('bundle', folder);
}

/** @throws {TillsideError} `usage` when the option is absent */
export function required(name: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new TillsideError('usage', `--${name} is required.`);
  return value;
}

/** Reads a whole number. @throws {TillsideError} `usage` */
export function wholeNumber(name: string, text: string | undefined, { least = 0, most = 2 ** 31 - 1 } = {}): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() !== '' && Number.isInteger(value) && value >= least && value <= most) return value;
  throw new TillsideError('usage', `--${name} is "${text}"; give a whole number from ${least} to ${most}.`);
}

/** Reads one of a set of words. @throws {TillsideError} `usage` */
export function oneOf<T extends string>(name: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((each) => each === text);
  if (found === undefined) throw new TillsideError('usage', `--${name} is "${text}"; give one of ${allowed.join(', ')}.`);
  return found;
}
