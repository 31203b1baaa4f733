import { vi } from 'vitest';
import type { Command } from '../../src/train/commands/options.js';

/** Runs a subcommand in this process and returns what it printed. Rejects as the command does. */
export async function runCommand(command: Command, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const printed = { stdout: '', stderr: '' };
  const spies = (['stdout', 'stderr'] as const).map((name) =>
    vi.spyOn(process[name], 'write').mockImplementation((text) => {
      printed[name] += String(text);
      return true;
    }),
  );
  try {
    const code = await command.run(args);
    return { code, ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
