// In: the command line. Out: an exit code: 0 done, 1 failed, 2 wrongly called. Runs in Node.
import { runCli } from './commands/run-cli.js';

// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

// Whoever stops reading the progress (`2>&1 | head`) does not stop the work; the exit code stays that of the work.
process.stderr.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') process.exit(1);
});

// No top-level await: in the bundled command, modules that are imported later would wait for it and it for them.
void runCli(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
