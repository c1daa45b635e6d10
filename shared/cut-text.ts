const HIGH_HALF = /[\ud800-\udbff]$/

/** At most `limit` characters, the last of them an ellipsis where something was cut; never half an emoji. */
export function cutText(text: string, limit: number): string {
  if (text.length <= limit) return text
  return `${text.slice(0, limit - 1).replace(HIGH_HALF, '')}…`
}
