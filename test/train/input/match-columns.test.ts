import { describe, expect, it } from 'vitest';
import { matchColumns, nearest } from '../../../src/train/input/match-columns.js';

const table = (...names: string[]) => ({
  file: 'log.csv',
  relation: '',
  columns: names.map((name) => ({ name, type: 'VARCHAR' })),
});

describe('matchColumns', () => {
  it('matches names whatever their case, blanks and dashes', () => {
    const columns = matchColumns(table('Session ID', 'ITEM-ID'), ['session_id', 'item_id']);
    expect(columns.get('session_id')?.name).toBe('Session ID');
    expect(columns.get('item_id')?.name).toBe('ITEM-ID');
    expect(columns.get('price')).toBeUndefined();
  });

  it('names what is missing, what is there and what may have been meant', () => {
    const match = () => matchColumns(table('session', 'item_id', 'kind'), ['session_id', 'item_id', 'type']);
    expect(match).toThrow(
      expect.objectContaining({
        code: 'column-missing',
        message:
          'log.csv has no column session_id (did you mean session?), no column type. It has: session, item_id, kind. Rename or add them.',
      }),
    );
  });
});

describe('nearest', () => {
  it('finds a misspelling', () => expect(nearest('occurred_at', ['item', 'ocured_at'])).toBe('ocured_at'));
  it('finds nothing where nothing is like it', () => expect(nearest('item_id', ['zzz', 'colour'])).toBeUndefined());
});
