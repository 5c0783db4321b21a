import type { Switches } from '../../options/switches.ts'
import { stableId } from '../../utils/random.ts'
import type { Press } from './buttons.ts'

/** The `cardPrivateData` of a callback. */
export interface CallbackParams {
  readonly actionIds: readonly string[]
  readonly params: Readonly<Record<string, unknown>>
}

/** Converts a press to the `cardPrivateData` of its callback. */
export function callbackParamsOf(press: Press, outTrackId: string, switches: Switches): CallbackParams {
  switch (press.kind) {
    case 'layout': {
      const { id, text } = press
      const params = id === '' || switches.clickParams === 'text' ? { text } : { id, text }
      return { actionIds: [nodeId(outTrackId, id, text)], params }
    }
    case 'group': {
      const { actionId, index, params } = press
      return { actionIds: [switches.buttonIndex === 'appended' ? `${actionId}${index}` : actionId], params }
    }
    case 'own':
      // Some components call back without a meaning, and without an id.
      return { actionIds: press.actionId === '' ? [] : [press.actionId], params: press.params }
  }
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'

/** The node of the layout that a button from data stands in: it says nothing of the button (agentscope#2285, live). */
function nodeId(outTrackId: string, id: string, text: string): string {
  const { digits } = stableId('node', outTrackId, id, text)
  let rest = BigInt(digits)
  let name = ''
  for (let count = 0; count < 11; count++) {
    name += LETTERS[Number(rest % 26n)]
    rest /= 26n
  }
  return `single_button_node_${name}`
}
