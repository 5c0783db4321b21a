import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * Begins with the tests of the whole. One of their files takes seconds, some a minute, of which much is waiting; one of a
 * package mostly milliseconds. If a long one began last, all other workers would wait for it with nothing left to do.
 */
export class WholeFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isOfPackage = ({ project }: TestSpecification): boolean => project.name === 'packages'
    const sorted = await super.sort(files)
    return [...sorted.filter(file => !isOfPackage(file)), ...sorted.filter(isOfPackage)]
  }
}
