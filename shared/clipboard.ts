import { z } from 'zod'

/** What a copy button puts on the clipboard; at most 20 million characters, many times what a log's entry prints. */
export const ClipboardText = z.object({
  text: z.string().max(20_000_000, 'This is too long for the clipboard.'),
})
