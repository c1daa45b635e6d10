/** What the actions on the open board and its columns are called, and the other words by which they are found. */
export const BOARD_ACTIONS = {
  'board.undo': { title: 'Undo', keywords: 'take back revert' },
  'board.redo': { title: 'Redo', keywords: 'do again repeat' },
  'board.archive': { title: 'Archived cards', keywords: 'archive restore put away' },
  'board.archive-done': { title: 'Archive done cards…', keywords: 'put away clean up old finished' },
  'board.save-template': { title: 'Save board as a template…', keywords: 'keep copy reuse' },
  'board.import-tasks': { title: 'Import a task list…', keywords: 'plan json file cards dependencies' },
  'board.settings': { title: 'Board settings…', keywords: 'provider agents rounds' },
  'board.activity': { title: 'Activity', keywords: 'feed history who changed what panel' },
  'board.rename': { title: 'Rename board' },
  'column.collapse': { title: 'Collapse or expand column…', keywords: 'narrow hide fold strip' },
  'board.delete': { title: 'Delete board…', keywords: 'remove trash' },
} as const
