export const CARD_WORDS = {
  somebodyUnknown: 'Somebody unknown',
  urgent: 'Urgent',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  noPriority: 'No priority',
  nobody: 'Nobody',
  noLabel: 'No label',
} as const
