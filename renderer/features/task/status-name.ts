const NAMES: Readonly<Record<string, string>> = {
  open: 'Open',
  in_progress: 'In progress',
  in_review: 'In review',
  blocked: 'Blocked',
  done: 'Done',
  cancelled: 'Cancelled',
}

/** How people read a status; one that an import brought stands as it is. */
export function statusName(status: string): string {
  return Object.hasOwn(NAMES, status) ? (NAMES[status] ?? status) : status
}
