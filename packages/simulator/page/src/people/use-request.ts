import { useState } from 'preact/hooks'
import { linkTo } from '../conversations/route.ts'
import { post, textIn } from '../request/request.ts'

/** Asks the simulator for something; `onDone` when it is done, else why it is not. */
export function useRequest(path: string, onDone: (value: unknown) => void) {
  const [failure, setFailure] = useState<string | undefined>(undefined)
  const send = async (body: unknown) => {
    setFailure(undefined)
    const result = await post(path, body)
    if (result.ok) onDone(result.value)
    else setFailure(result.reason)
  }
  return { failure, send }
}

/** Opens the conversation that an answer is about. */
export function openMade(answer: unknown): void {
  const conversationId = textIn(answer, 'conversationId')
  if (conversationId !== undefined) location.hash = linkTo(conversationId)
}
