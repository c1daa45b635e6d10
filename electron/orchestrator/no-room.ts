import type { Column } from '#shared/column.ts'
import { AppError } from '#shared/errors.ts'

/** The column in which agents work has filled up since it was decided that a run begins: it waits again. */
export class NoRoomError extends AppError {
  override readonly name = 'NoRoomError'
  constructor({ name, wip_limit }: Pick<Column, 'name' | 'wip_limit'>) {
    super('PRECONDITION_FAILED', {
      error: 'NO_ROOM',
      message: `“${name}” is at its limit of ${wip_limit}. The agents begin as soon as there is room.`,
    })
  }
}
