/** What the actions on how a board is shown are called, and the other words by which they are found. */
export const VIEW_ACTIONS = {
  'filter.focus': { title: 'Filter cards', keywords: 'search find text' },
  'filter.add': { title: 'Filter by label, priority, assignee…', keywords: 'agents due blocked' },
  'filter.clear': { title: 'Show all cards', keywords: 'clear reset filter' },
  'view.board': { title: 'Show as board', keywords: 'kanban' },
  'view.table': { title: 'Show as table', keywords: 'list grid rows' },
  'view.timeline': { title: 'Show as timeline', keywords: 'calendar due dates gantt' },
  'view.insights': { title: 'Show insights', keywords: 'charts figures flow cycle time throughput cost' },
  'view.open': { title: 'Go to saved view…', keywords: 'filter' },
  'view.save': { title: 'Save this view…', keywords: 'filter keep' },
  'view.sort': { title: 'Sort cards by…', keywords: 'order' },
  'view.group': { title: 'Group cards by…', keywords: 'swimlanes lanes rows' },
} as const
