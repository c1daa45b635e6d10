import { queryOptions } from '@tanstack/react-query'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'

/** Where the key comes from, and what the API last answered to it; agents use it meanwhile, so it is read anew. */
export const credentialQuery = queryOptions({
  queryKey: keys.credential,
  queryFn: () => api.settings.credential.query(),
  refetchOnMount: 'always',
})
