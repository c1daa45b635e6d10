export const PALETTE = {
  commandPalette: 'Command palette',
  back: 'Back from',
  findActionBoardOrCard: 'Find an action, a board or a card',
  whatWouldYouLikeDo: 'What would you like to do?',
  find: 'Find…',
  results: (count: number) => (count === 1 ? '1 result' : `${count} results`),
  searching: 'Searching…',
  thereNothingChoose: 'There is nothing to choose from.',
  nothingFits: (text: string) => `Nothing fits “${text}”.`,
  actions: 'Actions',
  recent: 'Recent',
} as const
