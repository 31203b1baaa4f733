import { CHANNEL_NAME, type ChannelMessage } from '../../core/engine/contract.js';
import { ARM_KEY, deleteTails } from '../capture/event-tail.js';

/** The worker's database, which may be there from an earlier visit although no worker runs now. */
export const DATABASE = 'tillside';

/**
 * Deletes what earlier visits left on the device, without an engine; storage that refuses holds nothing of ours.
 *
 * @param onArm called where an arm of a holdout test was kept: the cart may carry it
 */
export function eraseDevice(onArm: () => void): Promise<void> {
  deleteTails();
  if (deleteTails(ARM_KEY).length) onArm();
  return new Promise((resolve) => {
    try {
      const request = indexedDB.deleteDatabase(DATABASE);
      // Blocked: another tab lets go of it when it hears of the withdrawal, and then it goes.
      request.onsuccess = request.onerror = request.onblocked = () => resolve();
    } catch {
      resolve(); // a sandboxed page
    }
  });
}

/** Tells the shop's other tabs that consent was withdrawn; this one, which hears it too, knows. */
export function tellWithdrawn(): void {
  try {
    const channel = new BroadcastChannel(CHANNEL_NAME);
    channel.postMessage({ kind: 'withdrawn', from: 'page' } satisfies ChannelMessage);
    channel.close();
  } catch {
    // an opaque origin: this tab is alone
  }
}
