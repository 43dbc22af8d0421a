/** How many items a page may have. */
import { badUserInput } from '../errors';

export interface PageSize {
	readonly default: number;
	readonly max: number;
}

/** @throws GraphQLError BAD_USER_INPUT */
export function checkedFirst(first: number | null | undefined, size: PageSize): number {
	const wanted = first ?? size.default;
	if (wanted >= 1 && wanted <= size.max) return wanted;
	throw badUserInput('first', `is ${wanted}`, `It must be a whole number from 1 to ${size.max}.`);
}
