import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { defineSuggestions } from '../../../src/page/widget/define-suggestions.js';
import { type MountedWidget, mountWidget } from './mount.js';

beforeAll(defineSuggestions);
afterEach(async () => {
  document.body.replaceChildren();
  await userEvent.unhover(document.body);
});

describe('a better slate that can be had', () => {
  it('is asked for while nobody is at the cards', async () => {
    const { engine, instance } = await mountWidget();
    instance.refine();
    await vi.waitFor(() => expect(engine.requests).toHaveLength(2));
  });

  it.each([
    ['points at', ({ part }: MountedWidget) => userEvent.hover(part('card', 'a'))],
    ['has the focus in', async ({ part }: MountedWidget) => part('add', 'a').focus()],
  ])('is not asked for while a shopper %s the cards, until something changes', async (_what, reach) => {
    const widget = await mountWidget();
    await reach(widget);
    widget.instance.refine();
    // A request is made within a frame.
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    expect(widget.engine.requests).toHaveLength(1);
    widget.instance.change();
    await vi.waitFor(() => expect(widget.engine.requests).toHaveLength(2));
  });
});
