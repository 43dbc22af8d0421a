/** What a query asks for below a field, so that one list can be read where two would be. */
import { type FieldNode, type GraphQLResolveInfo, type SelectionSetNode, Kind } from 'graphql';

/** Whether the path of fields is selected below the resolved one, by whatever fragments, under whatever conditions. */
export function selects(info: GraphQLResolveInfo, path: readonly string[]): boolean {
	return reaches(info.fieldNodes, path, info);
}

function reaches(fields: readonly FieldNode[], path: readonly string[], info: GraphQLResolveInfo): boolean {
	const [name, ...rest] = path;
	if (name === undefined) return fields.length > 0;
	const below = fields.flatMap(({ selectionSet }) => fieldsOf(selectionSet, info));
	const named = below.filter((field) => field.name.value === name);
	return named.length > 0 && reaches(named, rest, info);
}

function fieldsOf(set: SelectionSetNode | undefined, info: GraphQLResolveInfo): readonly FieldNode[] {
	return (set?.selections ?? []).flatMap((selection): readonly FieldNode[] => {
		switch (selection.kind) {
			case Kind.FIELD:
				return [selection];
			case Kind.INLINE_FRAGMENT:
				return fieldsOf(selection.selectionSet, info);
			case Kind.FRAGMENT_SPREAD:
				return fieldsOf(info.fragments[selection.name.value]?.selectionSet, info);
		}
	});
}
