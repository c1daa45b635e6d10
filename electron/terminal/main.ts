import path from 'node:path'
import { z } from 'zod'
import { assertNever } from '#shared/assert-never.ts'
import { AppError } from '#shared/errors.ts'
import { type Config, loadConfig } from '../config.ts'
import { ConfigError } from '../config-error.ts'
import type { AppContext } from '../context.ts'
import { companionEnvironment } from '../env.ts'
import { openApp } from '../open-app.ts'
import { prepareFolder } from '../platform/folder.ts'
import { parseCommand, type TerminalCommand, USAGE, UsageError } from './arguments.ts'
import { printBoards, printChecks, printTasks } from './lists.ts'
import { terminalOutput as output } from './output.ts'
import { runTask } from './run.ts'
import { terminalDesktop } from './terminal-desktop.ts'
import { exportToFile, importFromFile } from './transfer.ts'
import { readVersion } from './version.ts'

const root = path.resolve(import.meta.dirname, '../..')
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stopping.abort())

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  output.error(sentence(error))
  return error instanceof UsageError ? 64 : 1
})

async function main(args: string[]): Promise<number> {
  const command = parseCommand(args)
  if (command.command === 'help') {
    output.line(USAGE)
    return 0
  }
  const config = withTrust(loadConfig({ cwd: root }), command)
  prepareFolder(config.dataFolder)
  await using app = await openApp({
    config,
    version: await readVersion(root),
    root,
    desktop: terminalDesktop,
    watchdog: {
      command: process.execPath,
      args: [path.join(import.meta.dirname, 'watchdog.js')],
      environment: companionEnvironment(),
    },
    signal: stopping.signal,
  })
  return await perform(app.ctx, command)
}

/** Who starts agents here waits for their result, not for their questions: where nothing else is chosen, they work. */
function withTrust(config: Config, command: TerminalCommand): Config {
  const wanted = command.command === 'run' ? command.permission : undefined
  return { ...config, permissionMode: wanted ?? config.permissionMode ?? 'trusted' }
}

function perform(ctx: AppContext, command: Exclude<TerminalCommand, { command: 'help' }>): Promise<number> {
  switch (command.command) {
    case 'run':
      return runTask(ctx, command, output, stopping.signal)
    case 'boards':
      return printBoards(ctx, command.json, output)
    case 'tasks':
      return printTasks(ctx, command.board, command.json, output)
    case 'export':
      return exportToFile(ctx, command, output, stopping.signal)
    case 'import':
      return importFromFile(ctx, command, output, stopping.signal)
    case 'doctor':
      return printChecks(ctx, command.json, output, stopping.signal)
    default:
      return assertNever(command)
  }
}

function sentence(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${USAGE}`
  if (error instanceof z.ZodError) return error.issues.map((issue) => issue.message).join('\n')
  if (error instanceof AppError || error instanceof ConfigError) return error.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
