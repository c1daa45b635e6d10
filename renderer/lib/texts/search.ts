import { plural } from '../format.ts'

export const SEARCH = {
  search: 'Search',
  searchAllBoards: 'Search all boards',
  wordsOrKeySuch: 'Words, or a key such as RNG-12',
  titlesDescriptionsAcceptanceCriteria:
    'Titles, descriptions, acceptance criteria and comments are searched. The archive too.',
  findCardOnAnyBoard: 'Find a card on any board',
  searchFailed: 'The search failed',
  bestCards: (most: number) => `The best ${most} cards`,
  cards: (count: number) => plural(count, 'card'),
  tryFewerWords: 'Try fewer words, or the beginning of one.',
  nothingFits: (text: string) => `Nothing fits “${text}”`,
  foundCards: 'Found cards',
  archived: 'Archived',
  comment: 'Comment: ',
  searching: 'Searching',
  cardsOnAllBoards: 'Cards on all boards',
  searchAllBoardsForText: (text: string) => `Search all boards for “${text}”`,
} as const
