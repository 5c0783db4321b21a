import { stableId } from '../../utils/random.ts'

/** Every file lies in one space of the simulator's drive; its `dentryId` there is its id in figures. */
export const SPACE_ID = '25190412233'

export function dentryId(fileId: string): string {
  return stableId('dentry', fileId).digits.slice(0, 12)
}
