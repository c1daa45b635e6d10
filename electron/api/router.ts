import { backupsRouter } from './backups.ts'
import { boardsRouter } from './boards.ts'
import { columnsRouter } from './columns.ts'
import { executionsRouter } from './executions.ts'
import { logsRouter } from './logs.ts'
import { projectsRouter } from './projects.ts'
import { settingsRouter } from './settings.ts'
import { systemRouter } from './system.ts'
import { tasksRouter } from './tasks.ts'
import { router } from './trpc.ts'

export const appRouter = router({
  backups: backupsRouter,
  boards: boardsRouter,
  columns: columnsRouter,
  executions: executionsRouter,
  logs: logsRouter,
  projects: projectsRouter,
  settings: settingsRouter,
  system: systemRouter,
  tasks: tasksRouter,
})
export type AppRouter = typeof appRouter
