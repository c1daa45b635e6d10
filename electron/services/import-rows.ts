import type { NewContent } from '#db/queries/board-content.ts'
import type { NewColumn } from '#db/queries/columns.ts'
import type { NewTask } from '#db/queries/tasks.ts'
import type { FileTask } from '#shared/board-file.ts'
import { BoardQuery } from '#shared/board-query.ts'
import { countChecklist } from '#shared/checklist.ts'
import {
  type BoardId,
  ColumnId,
  CommentId,
  LabelId,
  LinkId,
  TaskId,
  TemplateId,
  ViewId,
} from '#shared/ids.ts'
import { firstOfEachName, nameKey } from '#shared/name-key.ts'
import type { AppContext } from '../context.ts'
import { numbersThatWait } from './imported-waiting.ts'
import type { BoardDraft } from './read-board-file.ts'

/** The rows of a new board, made of a checked file: with ids, numbers and places of their own. */
export class ImportRows {
  readonly #newId: () => string
  readonly #now: Date
  readonly #boardId: BoardId
  readonly #draft: BoardDraft
  readonly #people: ReadonlySet<string>
  /** What those are called to whom cards are assigned. */
  readonly #names: ReadonlyMap<string, string>
  readonly #columns: ReadonlyMap<string, ColumnId>
  /** Those with the same name are one label. */
  readonly #labels: ReadonlyMap<string, LabelId>
  readonly #waiting: ReadonlySet<number>
  readonly #tasks = new Map<number, TaskId>()
  readonly #orders = new Map<string, number>()
  readonly #comments: NewContent['comments'] = []
  #next: number

  /** `people` are the ids of those whom the database knows. */
  constructor(
    ctx: Pick<AppContext, 'now' | 'newId'>,
    boardId: BoardId,
    draft: BoardDraft,
    people: ReadonlySet<string>,
  ) {
    this.#newId = ctx.newId
    this.#now = ctx.now()
    this.#boardId = boardId
    this.#draft = draft
    this.#people = people
    this.#names = new Map(
      draft.tasks.flatMap(({ assigned_to: to, assigned_name: name }) =>
        to && name ? [[to, name] as const] : [],
      ),
    )
    const { columns, labels, board } = draft.head
    this.#columns = new Map(columns.map(({ id }) => [id, ColumnId.parse(ctx.newId())]))
    const first = firstOfEachName(labels)
    const made = new Map([...first.values()].map(({ id }) => [id, LabelId.parse(ctx.newId())]))
    this.#labels = new Map(
      labels.map(({ id, name }) => [id, known(made, first.get(nameKey(name))?.id ?? id)]),
    )
    this.#waiting = numbersThatWait(draft)
    const highest = draft.tasks.reduce((most, task) => Math.max(most, task.number ?? 0), 0)
    this.#next = Math.max(highest + 1, board.next_task_number)
  }

  /** The first number that is free when all cards have theirs. */
  get nextNumber(): number {
    return this.#next + this.#draft.tasks.filter((task) => task.number === undefined).length
  }

  columns(): NewColumn[] {
    return this.#draft.head.columns.map(({ id, trashed, ...column }, index) => ({
      ...column,
      color: column.color ?? null,
      wip_limit: column.wip_limit ?? null,
      id: known(this.#columns, id),
      board_id: this.#boardId,
      order: index + 1,
      deleted_at: trashed ? this.#now : null,
    }))
  }

  /** The next card; its number is free and its place is below those before it. */
  readonly task = (task: FileTask): NewTask => {
    const { column, labels, comments, assigned_name: _, trashed, ...rest } = task
    const id = TaskId.parse(this.#newId())
    const number = task.number ?? this.#next++
    const order = (this.#orders.get(column) ?? 0) + 1
    this.#orders.set(column, order)
    this.#tasks.set(number, id)
    this.#say(id, task)
    const counted = countChecklist(task.description, task.acceptance_criteria)
    const created = task.created_at ?? this.#now
    return {
      ...rest,
      id,
      number,
      order,
      board_id: this.#boardId,
      column_id: known(this.#columns, column),
      description: task.description ?? null,
      acceptance_criteria: task.acceptance_criteria ?? null,
      label_ids: [...new Set(labels.map((label) => known(this.#labels, label)))],
      assigned_to: task.assigned_to && this.#assignee(task.assigned_to),
      priority: task.priority ?? null,
      due_date: task.due_date ?? null,
      estimate: task.estimate ?? null,
      comment_count: comments.length,
      checklist_done: counted.done,
      checklist_total: counted.total,
      waits_for_blockers: this.#waiting.has(number),
      created_at: created,
      updated_at: task.updated_at ?? created,
      deleted_at: trashed ? this.#now : null,
    }
  }

  /** When all cards have been made; the views belong to the one who imports. */
  content(authorId: string): NewContent {
    const board_id = this.#boardId
    const { labels, links, transitions } = this.#draft.head
    const rules = new Map(transitions.map((rule) => [JSON.stringify([rule.from, rule.to]), rule]))
    return {
      labels: [...firstOfEachName(labels).values()].map(({ id, name, color }) => ({
        id: known(this.#labels, id),
        board_id,
        name,
        color,
      })),
      comments: this.#comments,
      links: links.map(({ from, kind, to }) => ({
        id: LinkId.parse(this.#newId()),
        board_id,
        task_id: known(this.#tasks, from),
        other_task_id: known(this.#tasks, to),
        kind,
      })),
      transitions: [...rules.values()].map(({ from, to }) => ({
        board_id,
        from_column_id: known(this.#columns, from),
        to_column_id: known(this.#columns, to),
      })),
      views: this.#views(authorId),
      templates: this.#draft.head.templates.map(({ name, content }) => ({
        id: TemplateId.parse(this.#newId()),
        kind: 'card' as const,
        board_id,
        name,
        content,
      })),
    }
  }

  #views(author_id: string): NonNullable<NewContent['views']> {
    return this.#draft.head.views.map(({ name, query }) => {
      const ids = Array.isArray(query.label_ids) ? query.label_ids : []
      const label_ids = [...new Set(ids.flatMap((id) => this.#labels.get(String(id)) ?? []))]
      const read = BoardQuery.parse({ ...query, label_ids })
      const assignees = [...new Set(read.assignees.map((to) => this.#assignee(to)))]
      const id = ViewId.parse(this.#newId())
      return { id, board_id: this.#boardId, name, query: { ...read, assignees }, author_id }
    })
  }

  #say(task_id: TaskId, { comments, created_at }: FileTask): void {
    for (const { author_type, author_id, author_name, body, ...times } of comments) {
      const at = times.created_at ?? created_at ?? this.#now
      this.#comments.push({
        id: CommentId.parse(this.#newId()),
        board_id: this.#boardId,
        task_id,
        author_type,
        author_id,
        author_name,
        body,
        edited_at: times.edited_at,
        created_at: at,
        updated_at: times.edited_at ?? at,
      })
    }
  }

  /** Of a person whom this database does not know, the name is what remains. */
  #assignee(to: string): string {
    if (!to.startsWith('person:') || this.#people.has(to.slice('person:'.length))) return to
    return this.#names.get(to) ?? to
  }
}

function known<Key, Id>(ids: ReadonlyMap<Key, Id>, name: Key): Id {
  const id = ids.get(name)
  if (id === undefined) throw new Error(`The file was not checked: ${String(name)}`)
  return id
}
