// In: the command line. Out: an exit code: 0 done, 1 failed, 2 wrongly called. Runs in Node.
import { runCli } from './commands/run-cli.js';

// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

process.exitCode = await runCli(process.argv.slice(2));
