// In: the loop. Out: the same loop, whose slates are empty for the shoppers who are held out; and their arm on the cart. Page thread, with consent.
import type { Arm, Slate } from '../../core/domain/slate.js';
import { settleWithin } from '../../core/engine/settle-within.js';
import { codeOf } from '../../core/errors.js';
import type { OnError } from '../capture/capture-context.js';
import { openScope } from '../capture/open-scope.js';
import type { ResolvedOptions } from '../options.js';
import type { Chunks, Files } from '../platform.js';
import { reportError } from '../report-error.js';
import type { Loop } from '../running-loop.js';
import { HoldoutTest } from './holdout-test.js';
import { dropArm } from './kept-arm.js';

/** A cart that has not taken the arm by then is asked again after its next change. */
const WRITE_MS = 10_000;

/** Has the loop hold out some of the shoppers. */
export function holdOut({ holdLoop }: Chunks['loop']): Chunks['loop'] {
  return {
    holdLoop(files, options, targets) {
      let test: HoldoutTest | undefined;
      const onChange = (): void => {
        targets.onChange();
        test?.check();
      };
      const held = holdLoop(files, options, { ...targets, onChange });
      return {
        ...held,
        begin() {
          const loop = held.begin();
          test = new HoldoutTest(loop.engine, options, {
            ...targets,
            write: (arm) => writeOn(files, options, arm),
            takeOff: () => takeOff(files, options, targets.onError),
          });
          return withTest(loop, test);
        },
      };
    },
  };
}

function withTest(loop: Loop, test: HoldoutTest): Loop {
  const recommend: Loop['engine']['recommend'] = async (request) => withhold(await loop.engine.recommend(request), test);
  loop.started.then(test.check, () => {}); // reported where it was started
  return {
    ...loop,
    engine: { ...loop.engine, recommend },
    async forget() {
      await loop.forget();
      test.redraw();
    },
    async exportData() {
      const data = await loop.exportData();
      return { ...data, meta: { ...data.meta, holdout: test.kept } };
    },
    stop() {
      test.stop();
      return loop.stop();
    },
    erase() {
      test.stop();
      return loop.erase();
    },
  };
}

function withhold(slate: Slate, { kept }: HoldoutTest): Slate {
  if (!kept) return slate;
  const { arm } = kept;
  return arm === 'holdout' ? { ...slate, items: [], strategy: 'none', arm } : { ...slate, arm };
}

/** Forgets the arm and takes it off the cart. */
export function takeOff(files: Files, options: WriteOptions, onError: OnError): void {
  dropArm();
  openScope({ onError }).guard(() => options.onArm?.(undefined))();
  writeOn(files, options, '').catch((error) => {
    if (codeOf(error)) reportError(onError, error); // the network's own failure is the page's end, or a lost connection
  });
}

type WriteOptions = Pick<ResolvedOptions, 'cart' | 'onArm'>;

/** Writes on the platform's cart, one tab at a time, so that what is written last is what holds. */
function writeOn(files: Files, { cart }: WriteOptions, arm: Arm | ''): Promise<boolean | undefined> {
  const write = async () => (await (await files.load('sources')).loadArmWriter())({ window }, cart, arm);
  const act = () => settleWithin(write(), WRITE_MS, () => new Error(`no answer for ${WRITE_MS / 1000} s`));
  const { locks } = navigator as { readonly locks?: LockManager };
  return locks ? (locks.request('tillside.arm', act) as ReturnType<typeof act>) : act();
}
