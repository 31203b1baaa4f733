// In: a Chromium trace. Out: what scripts under a path cost the page's main thread.

const SCRIPT_EVENTS = new Set(['FunctionCall', 'EvaluateScript', 'v8.compile', 'v8.compileModule', 'v8.evaluateModule']);
const TASKS = new Set(['RunTask', 'ThreadControllerImpl::RunTask']);
const LONG_TASK_MS = 50;

/**
 * A task that only scripts of ours run in is ours whole, with the style, layout and promises that follow; of another one (a click that the shop
 * hears too, a navigation) the scripts are. Thread time: a busy machine takes the thread away for longer than any script runs.
 *
 * @param {{ traceEvents: object[] }} trace
 * @param {string} path part of the URL of every script that is ours
 * @returns {{ long: number, longestMs: number, longest?: string, sumMs: number }} `long`: tasks over 50 ms, whosever they are; `longest`: what ran in that task
 */
export function tasksOf({ traceEvents }, path) {
  const threads = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  const found = { long: 0, longestMs: 0, sumMs: 0 };
  for (const thread of threads) {
    const events = traceEvents.filter(({ pid, tid, ph, tdur }) => ph === 'X' && tdur > 0 && `${pid}/${tid}` === thread);
    const scripts = outermost(events.filter(({ name }) => SCRIPT_EVENTS.has(name)));
    const navigations = events.filter(isNavigation);
    for (const task of outermost(events.filter(({ name }) => TASKS.has(name)))) {
      if (task.tdur > 1000 * LONG_TASK_MS) found.long++;
      const isInside = ({ ts }) => ts >= task.ts && ts < task.ts + task.dur;
      const ran = scripts.filter(isInside);
      const ours = ran.filter(({ args }) => urlOf(args).includes(path));
      if (ours.length === 0) continue;
      const isWhole = ours.length === ran.length && !navigations.some(isInside);
      const ms = (isWhole ? task.tdur : ours.reduce((sum, { tdur }) => sum + tdur, 0)) / 1000;
      found.sumMs += ms;
      if (ms <= found.longestMs) continue;
      found.longestMs = ms;
      found.longest = events
        .filter(isInside)
        .filter(({ tdur }) => tdur > task.tdur / 10)
        .map(described)
        .join(' > ');
    }
  }
  return found;
}

const isNavigation = ({ args }) => args?.chrome_mojo_event_info?.mojo_interface_tag === 'content.mojom.NavigationClient';
/** A compilation names its script in one place, a call in another. */
const urlOf = (args) => args?.data?.url ?? args?.fileName ?? '';

/** A part of a task that takes a tenth of it. */
const described = ({ name, tdur, args }) =>
  `${name} ${args?.data?.type ?? args?.data?.functionName ?? ''} ${Math.round(tdur / 1000)} ms`;

/** Events that lie in no other of them. */
function outermost(events) {
  const sorted = events.toSorted((a, b) => a.ts - b.ts || b.dur - a.dur);
  let end = 0;
  return sorted.filter(({ ts, dur }) => {
    if (ts < end) return false;
    end = ts + dur;
    return true;
  });
}
