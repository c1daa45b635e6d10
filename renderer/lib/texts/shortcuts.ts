export const SHORTCUTS = {
  esc: 'Esc',
  del: 'Del',
  pageUp: 'Page up',
  pageDown: 'Page down',
  inTurn: ' then ',
} as const
