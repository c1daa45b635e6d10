import { codeOf } from '../ui/draw-code.tsx'

/** What no window begins with, or seldom: the charts of the usage page alone are as much as a board. */
export const laterPages = {
  agents: codeOf(async () => (await import('../features/agents/agents-page.tsx')).AgentsPage),
  approvals: codeOf(async () => (await import('../features/decisions/approvals-page.tsx')).ApprovalsPage),
  archive: codeOf(async () => (await import('../features/trash/archive-page.tsx')).ArchivePage),
  keyboard: codeOf(async () => (await import('../features/settings/keyboard-page.tsx')).KeyboardPage),
  settings: codeOf(async () => (await import('../features/settings/settings-page.tsx')).SettingsPage),
  trash: codeOf(async () => (await import('../features/trash/trash-page.tsx')).TrashPage),
  usage: codeOf(async () => (await import('./usage-screen.tsx')).UsageScreen),
  workflows: codeOf(async () => (await import('../features/workflows/workflows-page.tsx')).WorkflowsPage),
}

/** By then the first screen is drawn, in milliseconds. */
const QUIET_MS = 2000

/** Reads the pages in a quiet moment, so that going to one takes no time; returns how to give it up. */
export function readPagesLater(): () => void {
  let idle = 0
  const timer = setTimeout(() => {
    idle = requestIdleCallback(() => {
      for (const page of Object.values(laterPages)) page.read().catch(() => {}) // whoever goes there is told
    })
  }, QUIET_MS)
  return () => {
    clearTimeout(timer)
    cancelIdleCallback(idle)
  }
}
