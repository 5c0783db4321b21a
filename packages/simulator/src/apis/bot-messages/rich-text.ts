import type { Switches } from '../../options/switches.ts'
import type { RichTextPart } from './speech.ts'

/** A part whose picture has its code. */
export type Node = Exclude<RichTextPart, { readonly picture: unknown }> | { readonly code: string }

/**
 * The nodes of a rich text on the wire. Names are text without a type: nodes of their own (DingTalk-Real-AI's connector,
 * live), or glued to the words behind them.
 */
export function wireRichText(nodes: readonly Node[], { mentionNodes }: Pick<Switches, 'mentionNodes'>): object[] {
  const wire: object[] = []
  let name = ''
  for (const node of nodes) {
    if ('at' in node && mentionNodes === 'glued') {
      name += `@${node.at.nick} `
      continue
    }
    if (name !== '' && !('text' in node)) wire.push({ text: name })
    wire.push(wireNode(node, name))
    name = ''
  }
  return name === '' ? wire : [...wire, { text: name }]
}

function wireNode(node: Node, name: string): object {
  if ('text' in node) return { text: name + node.text }
  if ('at' in node) return { text: `@${node.at.nick}` }
  // unproven: the node of a skill.
  if ('skill' in node) return { type: 'skill', skillData: node.skill }
  return { type: 'picture', downloadCode: node.code }
}

/** The same as the chat shows it, where a name is more than its letters. */
export function shownRichText(nodes: readonly Node[]): object[] {
  return nodes.map(node => ('at' in node ? { atName: node.at.nick } : wireNode(node, '')))
}
