import type { QueryClient, QueryKey } from '@tanstack/react-query'

/**
 * Reads again what is shown, after a change of it. What is on its way at that moment may be from before the change: it
 * is neither trusted nor broken off, so that a stream of changes does not keep it from ever arriving, but read once more
 * when it has come. Never rejects: what could not be read is told where it is shown.
 */
export async function readAnew(cache: QueryClient, queryKey: QueryKey, exact = false): Promise<void> {
  const isOnItsWay = cache.isFetching({ queryKey, exact }) > 0
  const read = () => cache.invalidateQueries({ queryKey, exact }, { cancelRefetch: false })
  await read()
  if (isOnItsWay) await read()
}
