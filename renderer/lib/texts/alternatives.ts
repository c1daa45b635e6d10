import { plural } from '../format.ts'

export const ALTERNATIVES = {
  agentsNotStarted: 'The agents were not started',
  runWithSeveralAgents: 'Run with several agents',
  eachWorksInCopy:
    'Each works in a copy of its own. Compare changes, checks, cost and time, and keep the best; the others can be recovered.',
  cancel: 'Cancel',
  start: (count: number) => `Start ${plural(count, 'agent')}`,
  noAgentCanWork: 'No agent can work yet. Add a key or install one in Settings.',
  agentsCompare: 'Agents to compare',
  agent: (index: number) => `Agent ${index + 1}`,
  modelAgent: (index: number) => `Model of agent ${index + 1}`,
  ownModel: 'Its own model',
  leaveOutAgent: (index: number) => `Leave out agent ${index + 1}`,
  oneMore: 'One more',
  notPicked: 'It was not picked',
  othersDiscarded: 'The others were discarded',
  eachKept: 'Each is kept, and can be brought back on the card.',
  alternatives: 'Alternatives',
  changes: 'Changes',
  checks: 'Checks',
  cost: 'Cost',
  time: 'Time',
  files: (filesChanged: number) => plural(filesChanged, 'file'),
  pick: 'Pick',
  otherAlternativesStopped:
    'The other alternatives are stopped and discarded. What they made stays recoverable.',
  pickAlternative: (alternative: number) => `Pick alternative ${alternative}?`,
  pickIt: 'Pick it',
  failed: (failed: string) => `${failed} failed`,
  noChecks: 'none',
  passed: 'passed',
  notApproved: 'It was not approved',
  approve: 'Approve as it is',
  requestChanges: 'Request changes…',
  roundWouldStop: 'A budget is used up, and another round would stop at once. Raise the limit first.',
  changesNotRequested: 'The changes were not requested',
  sendChanges: 'Request changes',
  anotherRoundBeginsDeveloper:
    'Another round begins: the developer resolves what you name, and the reviewer looks again.',
  whatChanged: 'What is to be changed',
  commentsOnLines: (count: number) =>
    count === 0
      ? 'Comments on lines can be made in the Changes tab.'
      : `With ${plural(count, 'comment')} made in the Changes tab.`,
} as const
