import type { TestClient, TestFrame } from './client.ts'

/** What a client makes of a frame: what it sends, a text as it is; nothing where it is undefined. */
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
