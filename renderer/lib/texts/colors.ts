/** What the colours of labels and columns are called; they can be told apart in both themes. */
export const COLORS = {
  '#8A8F9C': 'Grey',
  '#4C8DEB': 'Blue',
  '#2FA7A0': 'Teal',
  '#4AAE76': 'Green',
  '#D99A2B': 'Amber',
  '#E0793D': 'Orange',
  '#DE5F68': 'Red',
  '#D772B4': 'Pink',
  '#8B7CF0': 'Violet',
} as const
