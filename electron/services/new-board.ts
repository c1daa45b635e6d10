import { insertContent } from '#db/queries/board-content.ts'
import { holdBoardKeys, insertBoard } from '#db/queries/boards.ts'
import { insertColumn } from '#db/queries/columns.ts'
import { findProject } from '#db/queries/projects.ts'
import type { Board, CreateBoard } from '#shared/board.ts'
import { keyFor } from '#shared/board-key.ts'
import { NotFoundError } from '#shared/errors.ts'
import { BoardId, ColumnId, LabelId, TemplateId } from '#shared/ids.ts'
import type { BoardTemplate } from '#shared/template.ts'
import { boardActivity } from './board-activity.ts'
import { type BoardChange, type BoardContext, makeBoard } from './change-board.ts'

/** A new board with all that its template has, in one transaction. Its key is made from its name, unique for ever. */
export function newBoard(
  ctx: BoardContext,
  input: Omit<CreateBoard, 'template'>,
  template: BoardTemplate,
): Promise<Board> {
  const id = BoardId.parse(ctx.newId())
  return makeBoard(ctx, id, async ({ tx, tell }) => {
    if (input.project_id && !(await findProject(tx, input.project_id))) {
      throw new NotFoundError('Project', input.project_id)
    }
    const board = await insertBoard(tx, {
      id,
      name: input.name,
      description: input.description ?? null,
      key: keyFor(input.name, await holdBoardKeys(tx)),
      project_id: input.project_id ?? null,
      settings: template.settings,
    })
    tell(
      { type: 'board_created', data: board },
      boardActivity(board, 'created', (name) => `created the board ${name}`),
    )
    await fill(ctx, { tx, tell }, id, template)
    return board
  })
}

/** What a template brings is no news to people. */
async function fill(
  ctx: BoardContext,
  { tx, tell }: Pick<BoardChange, 'tx' | 'tell'>,
  board_id: BoardId,
  template: BoardTemplate,
): Promise<void> {
  const columns: ColumnId[] = []
  for (const [index, values] of template.columns.entries()) {
    const id = ColumnId.parse(ctx.newId())
    const column = await insertColumn(tx, { ...values, id, board_id, order: index + 1 })
    tell({ type: 'column_created', data: column })
    columns.push(id)
  }
  await insertContent(tx, {
    labels: template.labels.map((label) => ({ ...label, id: LabelId.parse(ctx.newId()), board_id })),
    transitions: template.transitions.flatMap(({ from, to }) => {
      const [from_column_id, to_column_id] = [columns[from], columns[to]]
      return from_column_id && to_column_id ? [{ board_id, from_column_id, to_column_id }] : []
    }),
    comments: [],
    links: [],
    templates: template.cards.map(({ name, content }) => ({
      id: TemplateId.parse(ctx.newId()),
      kind: 'card' as const,
      board_id,
      name,
      content,
    })),
  })
}
