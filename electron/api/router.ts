import { activityRouter } from './activity.ts'
import { auditRouter } from './audit.ts'
import { backupsRouter } from './backups.ts'
import { boardsRouter } from './boards.ts'
import { columnsRouter } from './columns.ts'
import { databaseRouter } from './database.ts'
import { executionsRouter } from './executions.ts'
import { logsRouter } from './logs.ts'
import { presenceRouter } from './presence.ts'
import { projectsRouter } from './projects.ts'
import { searchRouter } from './search.ts'
import { settingsRouter } from './settings.ts'
import { systemRouter } from './system.ts'
import { tasksRouter } from './tasks.ts'
import { router } from './trpc.ts'
import { viewsRouter } from './views.ts'

export const appRouter = router({
  activity: activityRouter,
  audit: auditRouter,
  backups: backupsRouter,
  boards: boardsRouter,
  columns: columnsRouter,
  database: databaseRouter,
  executions: executionsRouter,
  logs: logsRouter,
  presence: presenceRouter,
  projects: projectsRouter,
  search: searchRouter,
  settings: settingsRouter,
  system: systemRouter,
  tasks: tasksRouter,
  views: viewsRouter,
})
export type AppRouter = typeof appRouter
