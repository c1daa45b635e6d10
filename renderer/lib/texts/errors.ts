export const ERRORS = {
  notCopied: 'It was not copied',
  mayBeenDeleted: 'It may have been deleted in another window.',
  tryAgainInMoment: 'Try again in a moment.',
  tryAgainIfHappens: 'Try again; if it happens again, restart Agent Rangers.',
  tooMuchAsked: 'Too much is asked at once. Try again in a moment.',
  tookTooLongTryAgain: 'It took too long. Try again.',
  somebodyChangedCardFirst:
    'Somebody changed this card first. It now shows their version; make your change again.',
  somethingWentWrong: 'Something went wrong.',
  agentRangersBeenUpdated: 'Agent Rangers has been updated. Restart it to go on.',
  pageMayNotTalk:
    'This page may not talk to Agent Rangers. Close this window and open a new one from the menu.',
  windowAndAppMisunderstood: 'The window and the app misunderstood each other. Reload the window.',
  connectionAppLostBefore:
    'The connection to the app was lost before it answered. Check whether the change was made, then try again.',
  connectionAppClosedReloadWindow: 'The connection to the app is closed. Reload the window.',
  inputHoldsValueCannot: 'The input holds a value that cannot be sent to the app, such as a function.',
  card: 'Card',
  run: 'Run',
  didNotWork: 'That did not work',
} as const
