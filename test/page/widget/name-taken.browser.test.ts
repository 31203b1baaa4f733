import { afterAll, expect, it } from 'vitest';
import { registerInstance } from '../../../src/page/instance-registry.js';
import { defineSuggestions } from '../../../src/page/widget/define-suggestions.js';
import { aFakeEngine } from '../../support/fake-engine.js';
import { aFakeInstance } from '../../support/fake-instance.js';

const undo: (() => void)[] = [];
afterAll(() => {
  for (const step of undo) step();
});

it('reports a name that another script has taken, throws nothing and leaves that element alone', () => {
  class Theirs extends HTMLElement {}
  customElements.define('tillside-suggestions', Theirs);
  expect(defineSuggestions).not.toThrow();
  const instance = aFakeInstance(aFakeEngine());
  undo.push(registerInstance(instance));
  expect(instance.problems).toEqual([{ code: 'widget-failed', message: expect.stringContaining('another script') }]);
  expect(customElements.get('tillside-suggestions')).toBe(Theirs);
});
