import { texts } from '../../lib/texts/texts.ts'

const NAMES: Readonly<Record<string, string>> = {
  open: texts.taskProperties.open,
  in_progress: texts.taskProperties.inProgress,
  in_review: texts.taskProperties.inReview,
  blocked: texts.taskProperties.blocked,
  done: texts.taskProperties.done,
  cancelled: texts.taskProperties.cancelled,
}

/** How people read a status; one that an import brought stands as it is. */
export function statusName(status: string): string {
  return Object.hasOwn(NAMES, status) ? (NAMES[status] ?? status) : status
}
