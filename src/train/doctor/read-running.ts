import type { Notes, PageElement, PageImage, PageWindow } from './page-window.js';
import type { CardImage, RunningFacts, Widget } from './visit.js';

/** Reads what tillside says of itself and what was noted. Runs in the page, sent as text: nothing outside it is used. */
export async function readRunning(): Promise<RunningFacts> {
  const page = globalThis as unknown as PageWindow;
  const notes = (globalThis as unknown as PageWindow).tillsideDoctor as Notes;
  const { instance, told, violations } = notes;
  const widgets = [...notes.widgets].filter((widget) => widget.isConnected);
  const within = (widget: PageElement, selector: string): PageElement[] => [
    ...(widget.shadowRoot?.querySelectorAll(selector) ?? []),
  ];
  const toWidget = (widget: PageElement): Widget => ({
    isDefined: widget.shadowRoot !== null,
    isHidden: widget.clientHeight === 0,
    cards: within(widget, 'li').length,
    strategy: widget.dataset['strategy'] ?? null,
  });
  // What does not run does not answer, or too late: its absence says so.
  const soon = <T>(answer: Promise<T> | undefined): Promise<T | undefined> =>
    Promise.race([answer, new Promise<undefined>((resolve) => page.setTimeout(() => resolve(undefined), 1_000))]).catch(
      () => undefined,
    );
  // A receipt waits until the whole bundle is in, of which the status then tells.
  const receipt = await soon(instance?.receipt());
  const status = await soon(instance?.status());
  const pictures = (): PageImage[] => widgets.flatMap((widget) => within(widget, 'img') as PageImage[]);
  // A slate of the whole bundle may just have taken the place of the first stage's: its pictures are on their way.
  for (let waits = 0; waits < 8 && pictures().some(({ complete }) => !complete); waits++)
    await new Promise<void>((resolve) => page.setTimeout(resolve, 100));
  const drawn = pictures();
  const shown = widgets.flatMap(({ slate }) => slate?.items.map(({ item }) => item.imageUrl ?? '') ?? []);
  const wanted = shown.length > 0 ? shown : (notes.slate?.items.map(({ imageUrl }) => imageUrl) ?? []);
  const images = [...new Set(wanted)].flatMap((imageUrl): CardImage[] => {
    if (imageUrl === '') return [];
    const url = new URL(imageUrl, page.document.baseURI).href;
    return [{ url, isShown: drawn.some(({ src, naturalWidth }) => src === url && naturalWidth > 0) }];
  });
  const isResize = (at: number): boolean => notes.resizes.some((resizedAt) => Math.abs(resizedAt - at) < 100);
  return {
    hasGlobal: typeof page.tillside === 'function' && 'version' in page.tillside,
    ...(instance && { version: instance.version }),
    ...(status?.engine && { status: status.engine }),
    receipt: receipt?.requests.map(({ url, what }) => ({ url, what })) ?? [],
    widgets: widgets.map(toWidget),
    shift: notes.shifts.filter(({ at }) => isResize(at)).reduce((sum, { value }) => sum + value, 0),
    images,
    told,
    violations,
  };
}
