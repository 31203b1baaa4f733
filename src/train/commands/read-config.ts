import { readFile } from 'node:fs/promises';
import { TillsideError } from '../../core/errors.js';
import { type TrainWishes, wishesSchema } from './train-wishes.js';

/** What a schema complains about, as far as messages need it. */
interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
  readonly expected?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly values?: readonly unknown[];
}

/**
 * Reads the file of `--config`.
 *
 * @throws {TillsideError} `input-missing` without the file, `input-invalid` naming file, path, value and what is allowed
 */
export async function readConfig(file: string): Promise<TrainWishes> {
  const source = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new TillsideError(
      'input-missing',
      `${file} cannot be read: ${(cause as Error).message}. Give --config a JSON file.`,
      cause,
    );
  });
  const json = parse(file, source);
  const result = wishesSchema.safeParse(json);
  if (result.success) return result.data;
  const [issue] = result.error.issues as readonly Issue[];
  throw new TillsideError('input-invalid', `${file}: ${explain(issue as Issue, json)}`);
}

function parse(file: string, source: string): unknown {
  try {
    return JSON.parse(source) as unknown;
  } catch (cause) {
    throw new TillsideError('input-invalid', `${file} is no JSON: ${(cause as Error).message}. Correct the file.`, cause);
  }
}

function explain(issue: Issue, json: unknown): string {
  const place = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    const known = knownAt(issue.path);
    return `"${[...issue.path.map(String), issue.keys?.[0] ?? ''].join('.')}" is not known${known === '' ? '' : `; known there: ${known}`}.`;
  }
  const value = issue.path.reduce<unknown>((within, key) => (within as Record<PropertyKey, unknown>)?.[key], json);
  return `${place === '' ? 'the file' : place} is ${JSON.stringify(value)}; give ${allowed(issue)}.`;
}

function allowed({ code, expected, minimum, maximum, values, message }: Issue): string {
  if (code === 'invalid_value') return `one of ${values?.map((value) => JSON.stringify(value)).join(', ')}`;
  if (code === 'too_small') return `at least ${minimum}`;
  if (code === 'too_big') return `at most ${maximum}`;
  if (code === 'invalid_type')
    return expected === 'int' ? 'a whole number' : `${expected === 'array' || expected === 'object' ? 'an' : 'a'} ${expected}`;
  return message === 'ISO 8601' ? 'an ISO 8601 time' : 'another value';
}

/** Names that an object of the schema may have. */
function knownAt(path: readonly PropertyKey[]): string {
  const shape = path.reduce<Record<string, unknown> | undefined>(
    (within, key) => {
      const inner = within?.[String(key)] as
        | { readonly _zod?: { readonly def: { readonly innerType?: { readonly shape?: object } } } }
        | undefined;
      return inner?._zod?.def.innerType?.shape as Record<string, unknown> | undefined;
    },
    wishesSchema.shape as unknown as Record<string, unknown>,
  );
  return Object.keys(shape ?? {})
    .filter((name) => name !== '$schema')
    .join(', ');
}
