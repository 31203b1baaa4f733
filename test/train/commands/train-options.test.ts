import { describe, expect, it } from 'vitest';
import { readTrainOptions } from '../../../src/train/commands/train-options.js';

describe('readTrainOptions', () => {
  it('asks for nothing that was not asked for', () => {
    expect(readTrainOptions([])).toEqual({ wishes: {}, config: undefined });
  });

  it('reads every kind of option', () => {
    const args = [
      '--events',
      'e.csv',
      '--min-support',
      '3',
      '--hidden',
      '64,32',
      '--no-refit',
      '--recipe',
      'gaps=constant, table=ease',
    ];
    expect(
      readTrainOptions([...args, '--config', 'c.json', '--keep-suspects', '--trials', '5', '--trials-log', 't.ndjson']),
    ).toEqual({
      wishes: {
        events: 'e.csv',
        minSupport: 3,
        hidden: [64, 32],
        refit: false,
        recipe: { gaps: 'constant', table: 'ease' },
        keepSuspects: true,
        trials: 5,
        trialsLog: 't.ndjson',
      },
      config: 'c.json',
    });
    expect(readTrainOptions(['--hidden', 'none', '--simulate', '--sessions', '200'])).toMatchObject({
      wishes: { hidden: [] },
      simulate: { sessions: 200 },
    });
  });

  it.each([
    [['--dim', '2'], '--dim is "2"; give a whole number from 4 to 512.'],
    [['--min-support', 'x'], '--min-support is "x"'],
    [['--hidden', '32,0'], '--hidden is "0"'],
    [['--not-after', 'soon'], '--not-after is "soon"; give an ISO 8601 time.'],
    [['--recipe', 'gap=constant'], '--recipe is "gap"; give one of models, session, features'],
    [['--recipe', 'gaps'], '--recipe gaps is ""; give one of live, constant.'],
    [['--trials', '0'], '--trials is "0"; give a whole number from 1 to 1000.'],
  ])('refuses %j', (args, message) => {
    expect(() => readTrainOptions(args)).toThrow(
      expect.objectContaining({ code: 'usage', message: expect.stringContaining(message) }),
    );
  });
});
