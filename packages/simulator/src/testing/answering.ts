import type { TestClient, TestFrame } from './client.ts'

/** Returns the answer of a client to a frame: a text is sent as it is, undefined is no answer. */
export type Habit = (frame: TestFrame) => string | object | undefined

/** Lets a client answer each frame by its habits, those included that have come already. */
export function answering(client: TestClient, habit: Habit): TestClient {
  let answered = 0
  const answerAll = () => {
    for (const frame of client.frames.slice(answered)) {
      answered += 1
      const answer = habit(frame)
      if (answer !== undefined) client.send(answer)
    }
  }
  client.socket.on('message', answerAll)
  answerAll()
  return client
}
