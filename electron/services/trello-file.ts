import type { BoardFileHead, FileColumn, FileTaskInput } from '#shared/board-file.ts'
import type { ClosedChoice } from '#shared/board-transfer.ts'
import { cutText } from '#shared/cut-text.ts'
import type { ImportNotes } from './import-notes.ts'
import { mapTrelloCards, NO_LIST } from './trello-cards.ts'
import { TrelloLabels } from './trello-labels.ts'
import { byPlace, isCard, oneLine, type RawCard, rawName } from './trello-raw.ts'
import { type TrelloFile, TrelloList, those } from './trello-schema.ts'

/** A Trello board as one of our own files. The cards come one by one, since they may be many. */
export interface TrelloBoard {
  head: BoardFileHead
  tasks: Iterable<FileTaskInput>
  closed: { columns: number; cards: number }
}

const TITLE = 255
/** Trello exports no more of a board's history, and with it of its comments. */
const MOST_ACTIONS = 1000

/** Maps the file; what is cut or left out goes to the notes while the cards are taken. */
export function mapTrello(file: TrelloFile, closed: ClosedChoice, notes: ImportNotes): TrelloBoard {
  const lists = those(TrelloList, file.lists).sort(byPlace)
  const cards = file.cards.filter(isCard).sort(byPlace)
  notes.add('These lists could not be read.', [], file.lists.length - lists.length)
  notes.add('These cards could not be read.', [], file.cards.length - cards.length)
  const closedLists = new Set(lists.filter((list) => list.closed).map((list) => list.id))
  const isClosed = (card: RawCard) => card.closed === true || closedLists.has(String(card.idList))
  const isKept = (list: TrelloList) => !list.closed || closed === 'trash'
  const columns = lists.filter(isKept).map((list) => toColumn(list, notes))
  const labels = new TrelloLabels(file)
  const known = new Set(lists.map((list) => list.id))
  const homeless = cards.filter((card) => !known.has(String(card.idList)))
  if (homeless.length > 0) {
    const name = 'Without a list'
    columns.push(toColumn({ id: NO_LIST, name, closed: false, pos: 0, softLimit: null }, notes))
    notes.add(`Cards whose list is not in the file are in the column “${name}”.`, homeless.map(rawName))
  }
  tellClosed(lists, cards.filter(isClosed), closed, notes)
  notes.add('A board can have 500 labels; these were left out.', labels.leftOut)
  if (file.actions.length >= MOST_ACTIONS) {
    notes.add('Trello exports the last 1,000 actions only: older comments may be missing.', [], 1)
  }
  return {
    head: {
      board: toBoard(file, notes),
      columns,
      labels: labels.list(),
      transitions: [],
      links: [],
      views: [],
      templates: [],
    },
    tasks: mapTrelloCards(
      file,
      known,
      labels,
      cards.filter((card) => closed === 'trash' || !isClosed(card)),
      notes,
    ),
    closed: { columns: closedLists.size, cards: cards.filter(isClosed).length },
  }
}

function toBoard(file: TrelloFile, notes: ImportNotes): BoardFileHead['board'] {
  const name = cutText(file.name.trim(), TITLE) || 'Trello board'
  const description = cutText(file.desc.trim(), 1000) || null
  if (file.desc.trim().length > 1000)
    notes.add('The description of the board was cut to 1,000 characters.', [], 1)
  return { name, description, settings: {}, next_task_number: 1 }
}

function toColumn(list: TrelloList, notes: ImportNotes): FileColumn {
  const name = oneLine(list.name)
  if (name.length > TITLE) notes.add('Names of columns were cut to 255 characters.', [name])
  return {
    id: list.id,
    name: cutText(name, TITLE) || 'List',
    color: null,
    wip_limit: list.softLimit,
    triggers_agents: false,
    agent_workflow_type: null,
    agent_workflow_id: null,
    is_start_column: false,
    is_review_column: false,
    is_end_column: false,
    ...(list.closed && { trashed: true }),
  }
}

function tellClosed(
  lists: readonly TrelloList[],
  cards: readonly RawCard[],
  closed: ClosedChoice,
  notes: ImportNotes,
): void {
  const went = closed === 'trash' ? 'are in the trash' : 'were left out'
  const names = lists.filter((list) => list.closed).map((list) => list.name)
  notes.add(`Archived lists ${went}.`, names)
  notes.add(`Archived cards ${went}, those of archived lists among them.`, cards.map(rawName))
}
