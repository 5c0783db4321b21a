/** One of those who are compared: a name, and one measurement of it. */
export interface Contender<M> {
  readonly name: string
  readonly measure: () => Promise<M>
}

/**
 * Measures every contender once a round. Whoever begins one round ends the next, so that neither the machine's mood nor
 * the place in the order favours anyone; only what was measured in the same round should be compared.
 *
 * @returns for each contender, in the order given, its measurements by round.
 */
export async function measureInTurns<M>(rounds: number, contenders: readonly Contender<M>[]): Promise<M[][]> {
  const lanes = contenders.map(contender => ({ contender, results: [] as M[] }))
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? lanes : lanes.toReversed()
    for (const { contender, results } of order) {
      showProgress(`round ${round + 1} of ${rounds}: ${contender.name}`)
      results.push(await contender.measure())
    }
  }
  showProgress('')
  return lanes.map(lane => lane.results)
}

/** A line that the next one overwrites; nothing where the output is not a terminal. */
function showProgress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
}
