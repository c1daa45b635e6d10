import { findBoard } from '#db/queries/boards.ts'
import { listColumns } from '#db/queries/columns.ts'
import { listLabels } from '#db/queries/labels.ts'
import * as queries from '#db/queries/templates.ts'
import { listTransitions } from '#db/queries/transitions.ts'
import { inTransaction } from '#db/transaction.ts'
import type { Board } from '#shared/board.ts'
import { InvalidInputError, NotFoundError, RefusedError } from '#shared/errors.ts'
import { type BoardId, TemplateId } from '#shared/ids.ts'
import {
  BoardTemplate,
  type CreateBoardFromTemplate,
  type CreateTemplate,
  type RestoreTemplate,
  type Template,
  type UpdateTemplate,
} from '#shared/template.ts'
import { BUILT_IN_TEMPLATES } from './built-in-templates.ts'
import { type BoardContext, changeSigned } from './change-board.ts'
import { newBoard } from './new-board.ts'

/** The app's own first, then others by name. With a board those that serve it, without one all there are. */
export async function listTemplates(
  ctx: Pick<BoardContext, 'db'>,
  boardId: BoardId | null,
): Promise<Template[]> {
  return [...BUILT_IN_TEMPLATES, ...(await queries.listTemplates(ctx.db, boardId))]
}

/** Of a card as it is written here, or of a board as it stands. */
export async function createTemplate(ctx: BoardContext, input: CreateTemplate): Promise<Template> {
  const id = TemplateId.parse(ctx.newId())
  const { kind, name } = input
  if (kind === 'board') {
    const content = await contentOf(ctx, input.from_board_id)
    return changeSigned(ctx, (tx) => queries.insertTemplate(tx, { id, kind, board_id: null, name, content }))
  }
  const { board_id, content } = input
  return changeSigned(ctx, async (tx) => {
    if (board_id && !(await findBoard(tx, board_id))) throw new NotFoundError('Board', board_id)
    return queries.insertTemplate(tx, { id, kind, board_id, name, content })
  })
}

export async function updateTemplate(
  ctx: BoardContext,
  { id, ...values }: UpdateTemplate,
): Promise<Template> {
  refuseBuiltIn(id)
  return changeSigned(ctx, async (tx) => {
    const known = await queries.findTemplate(tx, id)
    if (known?.kind === 'board' && values.content)
      throw new InvalidInputError('NO_CARD_TEMPLATE', 'This is a template for boards: only its name changes.')
    const template = await queries.updateTemplate(tx, id, values)
    if (!template) throw new NotFoundError('Template', id)
    return template
  })
}

export async function deleteTemplate(ctx: BoardContext, id: TemplateId): Promise<{ id: TemplateId }> {
  refuseBuiltIn(id)
  return changeSigned(ctx, async (tx) => {
    if (!(await queries.deleteTemplate(tx, id))) throw new NotFoundError('Template', id)
    return { id }
  })
}

/** A template that was deleted is there again, as it was. */
export async function restoreTemplate(ctx: BoardContext, template: RestoreTemplate): Promise<Template> {
  refuseBuiltIn(template.id)
  const { board_id } = template
  return changeSigned(ctx, async (tx) => {
    if (await queries.findTemplate(tx, template.id))
      throw new RefusedError('NOT_DELETED', `The template “${template.name}” is there already.`)
    if (board_id && !(await findBoard(tx, board_id))) throw new NotFoundError('Board', board_id)
    return queries.insertTemplate(tx, template)
  })
}

/** A board with the columns, rules, labels, settings and card templates of a template, whole or not at all. */
export async function createBoardFromTemplate(
  ctx: BoardContext,
  { template_id, ...board }: CreateBoardFromTemplate,
): Promise<Board> {
  const template =
    BUILT_IN_TEMPLATES.find(({ id }) => id === template_id) ??
    (await queries.findTemplate(ctx.db, template_id))
  if (!template) throw new NotFoundError('Template', template_id)
  if (template.kind !== 'board')
    throw new InvalidInputError('NO_BOARD_TEMPLATE', `“${template.name}” is a template for cards.`)
  return newBoard(ctx, board, template.content)
}

/** All of a board but its cards, as it is at one moment. */
function contentOf(ctx: Pick<BoardContext, 'db'>, id: BoardId): Promise<BoardTemplate> {
  return inTransaction(
    ctx.db,
    async (tx) => {
      const board = await findBoard(tx, id)
      if (!board) throw new NotFoundError('Board', id)
      const columns = await listColumns(tx, id)
      const place = new Map(columns.map((column, index) => [column.id, index]))
      const own = (await queries.listTemplates(tx, id)).filter(({ board_id }) => board_id === id)
      return BoardTemplate.parse({
        columns,
        transitions: (await listTransitions(tx, id)).map((rule) => ({
          from: place.get(rule.from_column_id),
          to: place.get(rule.to_column_id),
        })),
        labels: await listLabels(tx, id),
        settings: board.settings,
        cards: own.map(({ name, content }) => ({ name, content })),
      })
    },
    { isolationLevel: 'repeatable read', accessMode: 'read only' },
  )
}

function refuseBuiltIn(id: TemplateId): void {
  if (!BUILT_IN_TEMPLATES.some((template) => template.id === id)) return
  throw new RefusedError(
    'BUILT_IN',
    'This template comes with the app. Make a board of it and save that one.',
  )
}
