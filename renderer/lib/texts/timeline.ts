export const TIMELINE = {
  selected: (cardKey: string, title: string, due: string, isSelected: boolean) =>
    `${cardKey} ${title}, ${due}${isSelected ? ', selected' : ''}`,
  moved: (cardKey: string, day: string | null) =>
    `${cardKey} ${day ? `is due on ${day}` : 'has no due date'}.`,
  due: (day: string, isLate: boolean) => `due ${day}${isLate ? ', overdue' : ''}`,
  noDueDate: 'no due date',
  zoom: 'Zoom',
  weeks: 'Weeks',
  months: 'Months',
  today: 'Today',
  cardsByDueDate: 'Cards by due date',
  cardsWithoutDueDate: 'Cards without a due date',
  tray: 'No due date',
  emptyTitle: 'No card has a due date yet',
  emptyText: 'Drag one onto a day, or press Shift and an arrow on it.',
  trayHint: 'Drop a card here to take its date away.',
} as const
