import type { Part } from '../text/part.ts'
import type { StreamOptions } from './options.ts'

/** All that a source has told besides text. */
export interface SourceInfo {
  hasThought: boolean
  /** In the model's own word. */
  finishReason: string | undefined
}

/** Reads the parts of a source into text: reasoning and the rest through the hooks, and a blank line between the steps of an agent. */
export function partTaker(
  { onReasoning, onPart }: Pick<StreamOptions, 'onReasoning' | 'onPart'>,
  info: SourceInfo,
  append: (delta: string) => void,
): (part: Part) => void {
  let hasText = false
  let isNewStep = false
  const write = (text: string): void => {
    if (text === '') return
    append(isNewStep && hasText ? `\n\n${text}` : text)
    hasText = true
    isNewStep = false
  }
  return part => {
    if (part.kind === 'text') write(part.text)
    else if (part.kind === 'step') isNewStep = true
    else if (part.kind === 'finish') info.finishReason = part.reason
    else if (part.kind === 'reasoning') {
      info.hasThought ||= part.text !== ''
      write(onReasoning?.(part.text) ?? '')
    } else if (part.kind === 'other') write(onPart?.(part.part) ?? '')
  }
}
