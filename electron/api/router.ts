import { activityRouter } from './activity.ts'
import { approvalsRouter } from './approvals.ts'
import { attachmentsRouter } from './attachments.ts'
import { auditRouter } from './audit.ts'
import { backupsRouter } from './backups.ts'
import { boardsRouter } from './boards.ts'
import { budgetsRouter } from './budgets.ts'
import { columnsRouter } from './columns.ts'
import { commentsRouter } from './comments.ts'
import { databaseRouter } from './database.ts'
import { executionsRouter } from './executions.ts'
import { insightsRouter } from './insights.ts'
import { labelsRouter } from './labels.ts'
import { linksRouter } from './links.ts'
import { logsRouter } from './logs.ts'
import { notificationsRouter } from './notifications.ts'
import { peopleRouter } from './people.ts'
import { policiesRouter } from './policies.ts'
import { presenceRouter } from './presence.ts'
import { pricesRouter } from './prices.ts'
import { projectsRouter } from './projects.ts'
import { providersRouter } from './providers.ts'
import { searchRouter } from './search.ts'
import { settingsRouter } from './settings.ts'
import { systemRouter } from './system.ts'
import { tasksRouter } from './tasks.ts'
import { templatesRouter } from './templates.ts'
import { trashRouter } from './trash.ts'
import { router } from './trpc.ts'
import { usageRouter } from './usage.ts'
import { viewsRouter } from './views.ts'
import { workflowsRouter } from './workflows.ts'

export const appRouter = router({
  activity: activityRouter,
  approvals: approvalsRouter,
  attachments: attachmentsRouter,
  audit: auditRouter,
  backups: backupsRouter,
  boards: boardsRouter,
  budgets: budgetsRouter,
  columns: columnsRouter,
  comments: commentsRouter,
  database: databaseRouter,
  executions: executionsRouter,
  insights: insightsRouter,
  labels: labelsRouter,
  links: linksRouter,
  logs: logsRouter,
  notifications: notificationsRouter,
  people: peopleRouter,
  policies: policiesRouter,
  presence: presenceRouter,
  prices: pricesRouter,
  projects: projectsRouter,
  providers: providersRouter,
  search: searchRouter,
  settings: settingsRouter,
  system: systemRouter,
  tasks: tasksRouter,
  templates: templatesRouter,
  trash: trashRouter,
  usage: usageRouter,
  views: viewsRouter,
  workflows: workflowsRouter,
})
export type AppRouter = typeof appRouter
