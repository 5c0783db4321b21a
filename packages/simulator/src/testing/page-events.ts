import { expect } from 'vitest'
import type { Simulator } from '../simulator.ts'

/** The events that a page receives, one by one. */
export async function* pageEvents(sim: Simulator): AsyncGenerator<unknown> {
  const response = await fetch(`${sim.url}/_sim/events`)
  expect(response.headers.get('content-type')).toBe('text/event-stream')
  let text = ''
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const event = text.slice(0, end)
      if (event.startsWith('data: ')) yield JSON.parse(event.slice('data: '.length))
      text = text.slice(end + 2)
    }
  }
}
