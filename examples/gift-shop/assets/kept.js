// The shop's own small memory: JSON under a key of localStorage, or of this page only where the browser refuses.

/** What the storage would not take. */
const memory = new Map();

export function readKept(key) {
  if (memory.has(key)) return memory.get(key);
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null; // blocked, or not ours
  }
}

export function keep(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
    memory.delete(key);
  } catch {
    memory.set(key, value); // blocked or full: the page still knows
  }
}
