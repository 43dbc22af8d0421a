/** Fields kept from some readers: which, the SDL says with `@masked`; from whom, the access rules. */
import {
	type GraphQLField,
	type GraphQLSchema,
	defaultFieldResolver,
	getDirectiveValues,
	isNonNullType,
	isObjectType,
} from 'graphql';

import type { GraphContext } from './context';

/** CONTACT: names of people and whatever holds them. RAW: records as the provider gave them. DOCUMENTS: files. */
export const MASKS = ['CONTACT', 'RAW', 'DOCUMENTS'] as const;
export type Mask = (typeof MASKS)[number];

export const NOTHING_MASKED: ReadonlySet<Mask> = new Set();

/**
 * Makes masked fields null for readers with one of their masks.
 * @throws Error for a masked field that cannot be null
 */
export function withMasks(schema: GraphQLSchema): GraphQLSchema {
	for (const type of Object.values(schema.getTypeMap())) {
		if (!isObjectType(type)) continue;
		const fields: readonly GraphQLField<unknown, GraphContext>[] = Object.values(type.getFields());
		for (const field of fields) {
			const masks = masksOf(field, schema);
			if (masks.length === 0) continue;
			if (isNonNullType(field.type)) throw new Error(`${type.name}.${field.name} is masked, so it must be nullable`);
			hide(field, masks);
		}
	}
	return schema;
}

function masksOf({ astNode }: GraphQLField<unknown, GraphContext>, schema: GraphQLSchema): readonly Mask[] {
	const directive = schema.getDirective('masked');
	if (!directive || !astNode) return [];
	// The SDL's enum has the names of `MASKS`; a test compares them.
	return (getDirectiveValues(directive, astNode)?.['by'] ?? []) as readonly Mask[];
}

function hide(field: GraphQLField<unknown, GraphContext>, masks: readonly Mask[]): void {
	const resolve = field.resolve ?? defaultFieldResolver;
	field.resolve = (source, args, context, info) =>
		masks.some((mask) => context.masks.has(mask)) ? null : resolve(source, args, context, info);
}
