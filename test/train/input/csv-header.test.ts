import { describe, expect, it } from 'vitest';
import { parseCsvHeader } from '../../../src/train/input/csv-header.js';

describe('parseCsvHeader', () => {
  it.each([
    ['a,b,c', ','],
    ['a;b;c', ';'],
    ['a\tb\tc', '\t'],
    ['a|b|c', '|'],
  ])('reads %j', (line, delimiter) => {
    expect(parseCsvHeader(line)).toEqual({ names: ['a', 'b', 'c'], delimiter });
  });

  it('keeps a delimiter that is inside quotes', () => {
    expect(parseCsvHeader('"item;id;of;us", type')).toEqual({ names: ['item;id;of;us', 'type'], delimiter: ',' });
  });

  it('reads a single column', () => {
    expect(parseCsvHeader('item_id').names).toEqual(['item_id']);
  });
});
