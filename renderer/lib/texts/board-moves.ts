import { plural } from '../format.ts'

export const BOARD_MOVES = {
  changed: (what: string) => `changed the ${what} of`,
  selectedCards: 'Selected cards',
  cardSelected: (count: number) => `${plural(count, 'card')} selected`,
  clearSelection: 'Clear the selection',
  esc: 'Esc',
  of: (done: number, total: number) => `${done} of ${total}`,
  doAnyway: 'Do it anyway',
  notDuplicated: (cardsText: string) => `Not duplicated ${cardsText}`,
  duplicated: 'duplicated to',
  duplicatedTo: (cardsText: string) => `duplicated to ${cardsText}`,
  undo: 'Undo',
  agentsStartOnCard: (started: number) => `Agents start on ${plural(started, 'card')}`,
  andMore: (count: number) => ` And ${count - 1} more.`,
  agentsNotStarted: 'The agents were not started',
  to: (name: string) => ` to ${name}`,
  not: (verb: string, cardsText: string, text: string) => `Not ${verb} ${cardsText}${text}`,
  tryAgain: 'Try again',
  somebodyChangedOneThem: 'Somebody changed one of them first. Look at them, and try again.',
  pressSpacePickUp:
    'Press Space to pick this up. Move it with the arrow keys, press Space again to drop it, or Escape to leave it where it was.',
  column: (name: string) => `Column ${name}`,
  cards: (count: number) => `${count} cards`,
  it: 'It',
  place: (number: number, count: number) => `place ${number} of ${count}`,
  whereRulesBoardDo: (name: string) => `${name}, where the rules of this board do not let it go`,
  whichStartsAgents: ', which starts agents',
  columnPosition: (name: string | undefined, starts: string, positionOf: number) =>
    `${name ?? 'a column'}${starts}, position ${positionOf}`,
  pickedUp: (name: string, where: string, isMany: boolean) =>
    `${name} picked up. ${isMany ? 'They are' : 'It is'} in ${where}.`,
  over: (name: string, where: string, isMany: boolean) => `${name} ${isMany ? 'are' : 'is'} over ${where}.`,
  dropped: (name: string, where: string) => `${name} dropped in ${where}.`,
  staysWhere: (name: string, isMany: boolean) =>
    isMany ? `${name} stay where they were.` : `${name} stays where it was.`,
  notFrom: (name: string) => `Not from ${name}`,
  atLimit: (wipLimit: number | null) => `At its limit of ${wipLimit}`,
  startsAgents: 'Starts agents',
  overPlace: (now: string) => `Over ${now}.`,
  staysInLane: (namesOf: string, isMany: boolean) =>
    isMany ? `${namesOf} stay where they were.` : `${namesOf} stays where it was.`,
  droppedInLane: (namesOf: string, setting: string) => `${namesOf} dropped in ${setting}.`,
  cardCount: (count: number) => plural(count, 'card'),
  lanesHint:
    'Press Space to pick this up. Up and down lead over the lanes, left and right over the columns. Press Space again to drop it, or Escape to leave it where it was.',
  lane: 'a lane',
  lanePosition: (lane: string, name: string | undefined, starts: string, index: number) =>
    `${lane}, ${name ?? 'a column'}${starts}, position ${index + 1}`,
  notMoved: (title: string) => `“${title}” was not moved`,
  moveAnyway: 'Move anyway',
  columnNotMoved: 'The column was not moved',
  somebodyChangedFirst: (name: string | undefined) =>
    `Somebody changed it first: it is in ${name ?? 'another column'} now.`,
  pickedUpInLane: (names: string, place: string | null) =>
    `${names} picked up${place ? `. In ${place}` : ''}.`,
} as const
