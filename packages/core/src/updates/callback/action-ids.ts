import * as v from 'valibot'
import * as lenient from '../lenient/lenient.ts'

const { id } = lenient
const Ids = v.object({
  actionIds: lenient.items(v.pipe(v.union([v.string(), v.number()]), v.transform(String))),
  actionId: id,
})
const Legacy = v.object({ actionValue: id, eventKey: id, value: id })

/** Reads the ids of what was clicked: `actionIds`, or in old templates one of the fields that held a single id. */
export function actionIdsIn(places: readonly lenient.Fields[]): readonly string[] {
  for (const place of places) {
    const { actionIds, actionId } = v.parse(Ids, place)
    if (actionIds.length > 0) return actionIds
    if (isSingle(place.actionIds)) return [place.actionIds]
    if (actionId) return [actionId]
  }
  for (const place of places) {
    const { actionValue, eventKey, value } = v.parse(Legacy, place)
    // A `value` that is JSON is not an id but an older twin of `content`.
    const found = [actionValue, eventKey, value].find(one => one && !lenient.recordOf(one) && !lenient.arrayOf(one))
    if (found) return [found]
  }
  return []
}

/** True for a single id that is not in a list. */
function isSingle(actionIds: unknown): actionIds is string {
  return typeof actionIds === 'string' && actionIds !== '' && !lenient.arrayOf(actionIds)
}
