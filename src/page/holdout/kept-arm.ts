import type { Arm } from '../../core/domain/slate.js';
import { ARM_KEY, tagOf } from '../capture/event-tail.js';
import { isObject } from '../check-value.js';

/** A shopper is asked to consent anew after 13 months at the latest, as the CNIL has it for measuring an audience. */
const KEPT_MS = 396 * 86_400_000;

/** What the device remembers of the draw. */
export interface KeptArm {
  readonly arm: Arm;
  /** epoch ms */
  readonly drawnAt: number;
  /** tells the account it belongs to from others, and names none */
  readonly tag?: string;
}

/** Draws an arm, by the browser's cryptographic random numbers. @param share of `holdout`, 0–1 */
export function drawArm(share: number): Arm {
  const [drawn = 0] = crypto.getRandomValues(new Uint32Array(1));
  return drawn / 2 ** 32 < share ? 'holdout' : 'treatment';
}

/** Reads the arm that was drawn on this device; none where it is older than 13 months, or no arm. @throws where storage refuses */
export function readArm(): KeptArm | undefined {
  const text = localStorage.getItem(ARM_KEY);
  if (!text) return undefined;
  const { arm, drawnAt, tag } = parse(text);
  const age = Date.now() - Number(drawnAt);
  if ((arm !== 'treatment' && arm !== 'holdout') || !(Math.abs(age) < KEPT_MS)) return undefined;
  return { arm, drawnAt: Number(drawnAt), ...(typeof tag === 'string' && { tag }) };
}

/** Keeps an arm for an account, `''` being nobody's. @throws where storage refuses */
export function keepArm({ arm, drawnAt }: KeptArm, account: string | undefined): KeptArm {
  const kept = { arm, drawnAt, ...(account && { tag: tagOf(`${drawnAt}`, account) }) };
  localStorage.setItem(ARM_KEY, JSON.stringify(kept));
  return kept;
}

/** Whether an arm was drawn for another account; what nobody's page drew goes over to whoever logs in. */
export function isOthersArm({ drawnAt, tag }: KeptArm, account: string | undefined): boolean {
  return account !== undefined && tag !== undefined && tag !== tagOf(`${drawnAt}`, account);
}

export function dropArm(): void {
  try {
    localStorage.removeItem(ARM_KEY);
  } catch {
    // a sandboxed page: none is kept
  }
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const kept: unknown = JSON.parse(text);
    return isObject(kept) ? kept : {};
  } catch {
    return {}; // not ours
  }
}
