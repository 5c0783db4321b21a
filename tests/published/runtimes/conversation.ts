import { type Card, type Message, type Simulator, textOf } from '@dingware/simulator'

/** Milliseconds until the bot has answered, for a machine that is busy. */
const PATIENCE = { timeout: 30_000 }

/** Has Alice say something, and gives what the bot answers. */
export async function answerTo(sim: Simulator, text: string, nick = 'Alice'): Promise<string> {
  const said = await sim.user(nick).say(text)
  return textOf(await said.reply(PATIENCE))
}

/** Has Alice ask for the AI card, and gives it once its text is written and its button is there. */
export async function askForCard(sim: Simulator): Promise<Card> {
  const alice = sim.user('Alice')
  await alice.say('/card')
  return sim.until(() => [...sim.cards.values()].find(card => card.buttonsFor(alice).length > 0), PATIENCE)
}

/** Has Alice click on a card, and gives what the bot says to that. */
export async function clickOn(sim: Simulator, card: Card): Promise<Message> {
  const clicked = sim.until(() => sim.messages.find(message => textOf(message) === 'liked'), PATIENCE)
  await sim.user('Alice').click(card, 'Like')
  return clicked
}

/** The paths of the calls of the bot that were answered well. */
export function pathsOf(sim: Simulator): readonly string[] {
  return sim.calls.filter(({ status }) => status === 200).map(({ path }) => path)
}
