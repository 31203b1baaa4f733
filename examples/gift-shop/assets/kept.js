// The shop's own small memory: JSON under a key of localStorage, or of this page only where the browser refuses.

/** Kept where the storage is blocked. */
const memory = new Map();

export function readKept(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return memory.get(key) ?? null; // blocked, or not ours
  }
}

export function keep(key, value) {
  memory.set(key, value);
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // blocked or full: the page still knows
  }
}
