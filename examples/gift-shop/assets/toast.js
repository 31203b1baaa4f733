const SHOWN_MS = 5_000;
let timer;

/** Says it at the foot of the page for a while, and to screen readers. */
export function showToast(text, link) {
  const toast = document.querySelector('[data-toast]');
  const parts = [text];
  if (link) {
    const anchor = document.createElement('a');
    anchor.href = link.url;
    anchor.textContent = link.text;
    parts.push(' ', anchor);
  }
  toast.replaceChildren(...parts);
  toast.classList.add('is-shown');
  clearTimeout(timer);
  timer = setTimeout(() => toast.classList.remove('is-shown'), SHOWN_MS);
}
