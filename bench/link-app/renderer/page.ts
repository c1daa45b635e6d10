import { measureCalls } from './calls.ts'
import { link, raw } from './clients.ts'
import { measureEvents } from './events.ts'

async function measure(): Promise<unknown> {
  const own = link()
  await own.small.query()
  const small = await measureCalls(
    { link: () => own.small.query(), raw: () => raw.invoke('small') },
    { blocks: 40, calls: 100 },
  )
  const large = await measureCalls(
    { link: () => own.large.query(), raw: () => raw.invoke('large') },
    { blocks: 12, calls: 5 },
  )
  return { small, large, events: await measureEvents(own) }
}

measure().then(raw.result, (error) => raw.result({ error: String(error?.stack ?? error) }))
