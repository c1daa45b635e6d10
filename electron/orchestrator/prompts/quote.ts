/**
 * Marks text that comes from a card, a repository or another agent: it informs, it does not instruct the app
 * (DESIGN, section 6: repository text is data).
 */
export function quote(tag: string, text: string, longest = 60_000): string {
  const cut =
    text.length > longest
      ? `${text.slice(0, longest)}\n[cut: ${text.length - longest} more characters]`
      : text
  return `<${tag}>\n${cut.replaceAll(`</${tag}>`, `<\\/${tag}>`)}\n</${tag}>`
}
