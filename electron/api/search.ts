import { SearchCards } from '#shared/search.ts'
import { searchAllCards } from '../services/search.ts'
import { procedure, router } from './trpc.ts'

export const searchRouter = router({
  cards: procedure.input(SearchCards).query(({ ctx, input }) => searchAllCards(ctx, input)),
})
