// In: the browser's resource timing of this page and of the worker, what was kept of earlier ones. Out: the receipt. Page thread, when asked for.
import { LISTED_MS, type RequestMade, readRequestsMade } from '../core/engine/requests-made.js';
import { isObject } from './check-value.js';
import { isPrivacySignalled } from './consent/privacy-signal.js';
import { type KeptArm, readArm } from './holdout/kept-arm.js';
import { ORDER_ATTRIBUTE } from './holdout/order-attribute.js';
import type { Images, ResolvedOptions } from './options.js';
import type { ChannelName, Receipt, ReceiptChannel, ReceiptRequest, RequestKind } from './receipt.js';
import type { Loop } from './running-loop.js';
import { spriteTilesUrl } from './sprite-tiles-url.js';

/** The scripts of a release as they are called, and as a shop's bundler calls them: with a hash behind. */
const SCRIPT =
  /^(auto|index|loop|element|card-tools|card-pictures|locale|privacy|analytics|holdout|sources|adapter|json-ld|page-engine|messages|offers|receipt|worker|runtime|tfjs)([-.][\w-]+)?\.js$/;
/** A bundle's files as `tillside train` names them. */
const BUNDLE_FILE = /^(manifest\.json|offers\.json|first-stage\.txt|[a-z]+-[0-9a-f]{10}\.(json|bin|u8))$/;

type ReceiptOptions = Pick<
  ResolvedOptions,
  'manifestUrl' | 'offersUrl' | 'workerUrl' | 'wasm' | 'images' | 'spriteUrl' | 'analytics' | 'holdout'
>;

/** What can run the model. */
interface RuntimeUrls {
  readonly runtimeUrl: string;
  readonly tfjsUrl: string;
}

/** Lists what was requested. It never rejects: without an engine it tells of this page alone. */
export async function readReceipt(
  files: RuntimeUrls,
  options: ReceiptOptions,
  loop: Pick<Loop, 'started' | 'engine'> | undefined,
): Promise<Receipt> {
  const kindOf = createKindOf(files, options);
  const ofWorkers = await readKept(loop);
  // The page's own list holds the shop's requests too.
  const ofPage = readRequestsMade().filter(({ url }) => kindOf(url) !== 'other');
  const requests = [...ofWorkers, ...ofPage].map(({ url, at, bytes }): ReceiptRequest => {
    const from = bytes === 0 ? 'cache' : 'network';
    return { url, at, what: kindOf(url), ...(bytes >= 0 && { bytes }), from };
  });
  return {
    requests: requests.sort((a, b) => a.at - b.at),
    behaviourBytesSent: 0,
    channels: channelsOf(loop !== undefined, options),
  };
}

/** A starved device may answer late: a receipt can wait. */
const TRIES = 3;

/** What workers requested: those of earlier pages, and this one's, which does so until its bundle is in. */
async function readKept(loop: Pick<Loop, 'started' | 'engine'> | undefined, tries = TRIES): Promise<RequestMade[]> {
  if (!loop || !tries) return []; // an engine that does not answer has told the shop why
  try {
    await loop.started;
    await loop.engine.complete();
    // The worker looks once more by then.
    await new Promise((resolve) => setTimeout(resolve, LISTED_MS + 100));
    const requests = (await loop.engine.exportData()).meta['requests'];
    return Array.isArray(requests) ? requests.filter(isRequestMade) : [];
  } catch {
    return readKept(loop, tries - 1);
  }
}

/** Any script of the origin can write to the device. */
function isRequestMade(value: unknown): value is RequestMade {
  if (!isObject(value)) return false;
  const { url, at, bytes } = value;
  return typeof url === 'string' && Number.isFinite(at) && Number.isFinite(bytes);
}

function createKindOf({ runtimeUrl, tfjsUrl }: RuntimeUrls, options: ReceiptOptions): (url: string) => RequestKind {
  const { manifestUrl, offersUrl, workerUrl, wasm, spriteUrl } = options;
  const sprite = spriteUrl ? [spriteUrl, spriteTilesUrl(spriteUrl)] : [];
  const home = folderOf(tfjsUrl);
  const wasmHome = typeof wasm === 'string' ? folderOf(wasm) : `${home}wasm/`;
  const bundleHome = folderOf(manifestUrl);
  return (url) => {
    if (url === runtimeUrl || url === tfjsUrl) return 'runtime';
    if (
      url === manifestUrl ||
      url === offersUrl ||
      (url.startsWith(bundleHome) && BUNDLE_FILE.test(url.slice(bundleHome.length)))
    )
      return 'bundle';
    if (url.startsWith(wasmHome) && url.endsWith('.wasm')) return 'wasm';
    if (url === workerUrl) return 'worker';
    if (sprite.includes(url)) return 'sprite';
    const name = SCRIPT.exec(url.startsWith(home) ? url.slice(home.length).replace(/\?.*/, '') : '');
    if (!name) return 'other';
    return name[1] === 'worker' ? 'worker' : 'script';
  };
}

function folderOf(url: string): string {
  return new URL('.', url).href;
}

/** Of the choices of pictures by which no host learns what is suggested. */
const SILENT: Readonly<Partial<Record<Images, string>>> = {
  sprite: 'All pictures come on one sheet, the same for every visitor: nobody sees which are shown.',
  none: 'No pictures are loaded.',
};

/** What the cart carries of a holdout test. */
function orderChannel(isRunning: boolean, { holdout }: ReceiptOptions): ReceiptChannel {
  let kept: KeptArm | undefined;
  try {
    kept = isRunning && holdout ? readArm() : undefined;
  } catch {
    // storage refuses: none was drawn
  }
  const name = 'order-attribute';
  if (!kept) return { name, isOn: false, how: 'Nothing is written on the cart or the order.' };
  const attribute = `${ORDER_ATTRIBUTE}: ${kept.arm}`;
  const how = `To measure what suggestions bring, this browser was put into a group by lot, and the cart and the order carry it: ${attribute}.`;
  return { name, isOn: true, how, attribute };
}

function channelsOf(isRunning: boolean, options: ReceiptOptions): ReceiptChannel[] {
  const { images, analytics } = options;
  const silent = SILENT[images];
  const isTold = analytics !== undefined && !isPrivacySignalled(navigator);
  const hasCards = isRunning && document.querySelector('tillside-suggestions') !== null;
  const channel = (name: ChannelName, isOn: boolean, how: string): ReceiptChannel => ({ name, isOn, how });
  return [
    channel(
      'card-images',
      hasCards && !silent,
      silent ??
        "A suggestion's picture is loaded from where the shop keeps its pictures: that host sees which pictures this browser asks for.",
    ),
    channel(
      'links',
      hasCards,
      'Following a suggestion opens its page: the shop sees that, as it does for any link. Nothing is added to the address.',
    ),
    channel(
      'shop-cart',
      isRunning,
      "Adding a suggestion calls the shop's own cart: the shop learns what is added, as from its own buttons.",
    ),
    channel(
      'shop-scripts',
      isRunning,
      "Scripts of the shop can ask tillside for suggestions and for what is kept here, and are the shop's to answer for.",
    ),
    orderChannel(isRunning, options),
    channel(
      'integrations',
      isRunning && isTold,
      isTold
        ? "The shop's own analytics are told which suggestions are shown, followed and added."
        : 'No analytics or advertising service is told anything.',
    ),
  ];
}
