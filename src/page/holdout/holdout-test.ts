// In: consent, what the device has kept, changes of the cart. Out: the shopper's arm, told to the shop and written on a cart that holds something.
import type { Arm } from '../../core/domain/slate.js';
import type { Engine } from '../../core/engine/contract.js';
import { codeOf, TillsideError } from '../../core/errors.js';
import type { OnError } from '../capture/capture-context.js';
import { ARM_KEY } from '../capture/event-tail.js';
import { openScope, type Scope } from '../capture/open-scope.js';
import { createMeasurementConsent } from '../consent/measurement-consent.js';
import { isPrivacySignalled } from '../consent/privacy-signal.js';
import type { ResolvedOptions } from '../options.js';
import { reportError } from '../report-error.js';
import { drawArm, dropArm, isOthersArm, type KeptArm, keepArm, readArm } from './kept-arm.js';

/** After each of them the consent platforms are asked again. */
const CONSENT_EVENTS =
  'load visitorConsentCollected OneTrustGroupsUpdated CookiebotOnConsentReady CookiebotOnAccept CookiebotOnDecline';

const NEEDS_STORAGE = 'Option "holdout" needs an arm that is kept, and storage is "memory". Use storage: "indexeddb".';

export interface TestTargets {
  /** called when a slate made earlier may be old */
  readonly onChange: () => void;
  readonly onError: OnError;
  /** Writes the arm on the cart; fulfilled with whether the cart carries it now, `undefined` where no platform takes it. */
  readonly write: (arm: Arm) => Promise<boolean | undefined>;
  /** Forgets the arm, and takes it off the cart. */
  readonly takeOff: () => void;
}

/** A holdout test on one page; draws at once, unless an arm was drawn earlier. */
export class HoldoutTest {
  readonly #engine: Pick<Engine, 'status'>;
  readonly #options: ResolvedOptions;
  readonly #targets: TestTargets;
  readonly #scope: Scope;
  /** asked while the platforms are first looked at, it has no answer */
  #measurement: () => boolean | undefined = () => undefined;
  #kept: KeptArm | undefined;
  /** what the shop was told */
  #told: Arm | undefined;
  #isAllowed = false;
  /** another tab took the arm off, and nobody has drawn since */
  #isTakenOff = false;
  /** what the cart is known to carry */
  #carried: Arm | undefined;
  #isStopped = false;

  constructor(engine: Pick<Engine, 'status'>, options: ResolvedOptions, targets: TestTargets) {
    this.#engine = engine;
    this.#options = options;
    this.#targets = targets;
    const scope = openScope(targets);
    this.#scope = scope;
    const isAsked = options.consent === 'auto';
    this.#measurement = isAsked ? createMeasurementConsent(window as never, scope, this.check) : () => true;
    for (const target of [window, document]) scope.listen(target, CONSENT_EVENTS, this.check);
    scope.listen(window, 'storage', (event) => {
      const { key, newValue } = event as StorageEvent;
      if (key !== ARM_KEY) return;
      this.#isTakenOff = !newValue;
      this.check();
    });
    scope.listen(window, 'pageshow', (event) => {
      if (!(event as PageTransitionEvent).persisted) return;
      this.#carried = undefined; // an order may have been placed meanwhile
      this.check();
    });
    if (options.storage === 'memory') targets.onError('invalid-options', NEEDS_STORAGE);
    this.#settle();
  }

  /** absent while nothing may be measured, and where nothing can be kept */
  get kept(): KeptArm | undefined {
    return this.#kept;
  }

  /** Asks for consent again, and has the cart carry the arm. */
  readonly check = (): void => {
    if (this.#isStopped) return;
    const { onChange, onError } = this.#targets;
    const before = this.#kept?.arm;
    this.#settle();
    if (this.#kept?.arm !== before) onChange();
    this.#carry().catch((error) => {
      // The network's own failure is the page's end, or a lost connection: the next change tries again.
      if (!this.#isStopped && codeOf(error)) reportError(onError, error);
    });
  };

  /** Draws again, after everything was erased. */
  redraw(): void {
    dropArm();
    this.#kept = undefined;
    this.check();
  }

  stop(): void {
    this.#isStopped = true;
    this.#scope.stop();
  }

  #settle(): void {
    const { onError, takeOff } = this.#targets;
    try {
      const { storage, onArm } = this.#options;
      const isAllowed = storage === 'memory' || isPrivacySignalled(navigator) ? false : this.#measurement();
      const before = this.#kept ?? readArm();
      this.#isAllowed = isAllowed === true && !this.#isTakenOff;
      // Until there is an answer, who was held out on an earlier page is so on this one.
      this.#kept = this.#isAllowed ? this.#find() : isAllowed === false ? undefined : this.#own();
      const arm = this.#isAllowed ? this.#kept?.arm : undefined;
      if (isAllowed === false && before) takeOff();
      if (arm && arm !== this.#told) this.#scope.guard(() => onArm?.(arm))();
      this.#told = arm;
    } catch (error) {
      this.#kept = undefined;
      onError('store-denied', `localStorage refuses (${error}): this visit is not part of the holdout test. Allow site data.`);
    }
  }

  /** The arm that this shopper has. */
  #own(): KeptArm | undefined {
    const known = readArm();
    return known && !isOthersArm(known, this.#options.account) ? known : undefined;
  }

  #find(): KeptArm {
    const { account, holdout } = this.#options;
    const known = this.#own();
    if (!known) return keepArm({ arm: drawArm(Number(holdout)), drawnAt: Date.now() }, account);
    return account && !known.tag ? keepArm(known, account) : known;
  }

  async #carry(): Promise<void> {
    const { cart } = await this.#engine.status();
    if (!cart.length) this.#carried = undefined;
    const arm = this.#kept?.arm;
    // Another tab may have forgotten it meanwhile.
    if (this.#isStopped || !this.#isAllowed || !cart.length || !arm || this.#carried === arm || readArm()?.arm !== arm) return;
    this.#carried = arm;
    try {
      const isCarried = await this.#targets.write(arm);
      if (!isCarried) this.#carried = undefined;
      if (isCarried === undefined && !this.#options.onArm && document.readyState === 'complete') throw nobodyTakes(arm);
    } catch (error) {
      this.#carried = undefined;
      throw error;
    }
  }
}

function nobodyTakes(arm: Arm): TillsideError {
  const message = `Nobody wrote "${arm}" on the order: the page has no cart of Shopify or WooCommerce. Pass onArm and write it yourself.`;
  return new TillsideError('invalid-options', message);
}
