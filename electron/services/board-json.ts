import { setImmediate as breathe } from 'node:timers/promises'
import type { StoredComment } from '#db/queries/board-content.ts'
import {
  BOARD_FILE_FORMAT,
  BOARD_FILE_VERSION,
  type FileColumn,
  type FileLabel,
  type FileTaskInput,
  type FileView,
} from '#shared/board-file.ts'
import type { Column } from '#shared/column.ts'
import { cutText } from '#shared/cut-text.ts'
import type { Task } from '#shared/task.ts'
import type { AppContext } from '../context.ts'
import type { BoardContent } from './board-content.ts'

/** Cards that are written at once; nothing else waits longer than they take. */
const BATCH = 250

/** A line for each column and card: such files can be compared, and a broken one says which card it was. */
export async function* jsonParts(
  ctx: Pick<AppContext, 'now' | 'version'>,
  content: BoardContent,
): AsyncGenerator<string> {
  const names = new FileNames(content)
  const { columns, labels, tasks } = content
  yield `${JSON.stringify(head(ctx, content, names)).slice(0, -1)},\n"columns":[`
  yield lines(columns.map((column) => toFileColumn(column, names.columns.get(column.id) ?? '')))
  yield '],\n"labels":['
  yield lines(
    labels.map(({ id, name, color }): FileLabel => ({ id: names.labels.get(id) ?? '', name, color })),
  )
  yield '],\n"tasks":['
  const comments = commentsOf(content)
  for (let at = 0; at < tasks.length; at += BATCH) {
    if (at > 0) yield ','
    const batch = tasks.slice(at, at + BATCH)
    yield lines(batch.map((task) => toFileTask(task, names, comments.get(task.id) ?? [])))
    await breathe()
  }
  yield ']}\n'
}

/** What columns, labels and persons are called in the file. */
class FileNames {
  readonly columns: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
  readonly people: ReadonlyMap<string, string>
  readonly numbers: ReadonlyMap<string, number>

  constructor({ columns, labels, people, tasks }: BoardContent) {
    this.columns = new Map(columns.map((column, index) => [column.id, `c${index + 1}`]))
    this.labels = new Map(labels.map((label, index) => [label.id, `l${index + 1}`]))
    this.numbers = new Map(tasks.map((task) => [task.id, task.number]))
    this.people = people
  }
}

function head(ctx: Pick<AppContext, 'now' | 'version'>, content: BoardContent, names: FileNames): object {
  const { board, nextNumber, transitions, links, views, templates } = content
  const { key, name, description, settings } = board
  const place = [...names.columns.keys()]
  return {
    format: BOARD_FILE_FORMAT,
    version: BOARD_FILE_VERSION,
    app_version: ctx.version,
    exported_at: ctx.now(),
    board: { key, name, description, settings, next_task_number: nextNumber },
    transitions: transitions
      .toSorted(
        (a, b) =>
          place.indexOf(a.from_column_id) - place.indexOf(b.from_column_id) ||
          place.indexOf(a.to_column_id) - place.indexOf(b.to_column_id),
      )
      .map((rule) => ({
        from: names.columns.get(rule.from_column_id),
        to: names.columns.get(rule.to_column_id),
      })),
    links: links.flatMap(({ task_id, kind, other_task_id }) => {
      const [from, to] = [names.numbers.get(task_id), names.numbers.get(other_task_id)]
      return from === undefined || to === undefined ? [] : [{ from, kind, to }] // one of them is in the trash
    }),
    views: views.map(({ name, query }): FileView => {
      const label_ids = query.label_ids.flatMap((label) => names.labels.get(label) ?? [])
      return { name, query: { ...query, label_ids } }
    }),
    templates,
  }
}

function lines(values: readonly object[]): string {
  return values.map((value) => `\n${JSON.stringify(value)}`).join(',')
}

function commentsOf({ comments }: BoardContent): Map<string, StoredComment[]> {
  const byTask = new Map<string, StoredComment[]>()
  for (const comment of comments) {
    const said = byTask.get(comment.task_id)
    if (said) said.push(comment)
    else byTask.set(comment.task_id, [comment])
  }
  return byTask
}

function toFileColumn(column: Column, id: string): FileColumn {
  const { board_id: _board, order: _order, created_at: _created, updated_at: _updated, ...rest } = column
  return { ...rest, id }
}

function toFileTask(task: Task, names: FileNames, comments: readonly StoredComment[]): FileTaskInput {
  const { number, title, description, acceptance_criteria, assigned_to, status, priority } = task
  const { due_date, estimate, label_ids, waits_for_blockers, archived_at, created_at, updated_at } = task
  const person = names.people.get(assigned_to?.replace(/^person:/, '') ?? '')
  return {
    number,
    column: names.columns.get(task.column_id) ?? '',
    title,
    description,
    acceptance_criteria,
    labels: label_ids.flatMap((id) => names.labels.get(id) ?? []),
    assigned_to,
    ...(person !== undefined && { assigned_name: cutText(person, 100) }),
    status,
    priority,
    due_date,
    estimate,
    comments: comments.map(({ author_type, author_id, author_name, body, ...times }) => ({
      author_type,
      author_id,
      author_name,
      body,
      created_at: times.created_at.toISOString(),
      edited_at: times.edited_at?.toISOString() ?? null,
    })),
    ...(waits_for_blockers && { waits_for_blockers }),
    archived_at: archived_at?.toISOString() ?? null,
    created_at: created_at.toISOString(),
    updated_at: updated_at.toISOString(),
  }
}
