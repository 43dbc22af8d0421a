/** A page in Relay's shape. Its cursors are sealed when they are asked for: a query that wants nodes alone pays for none. */

export interface RelayPage<Node> {
	readonly edges: readonly { readonly cursor: string; readonly node: Node }[];
	readonly nodes: readonly Node[];
	readonly pageInfo: {
		readonly hasNextPage: boolean;
		readonly hasPreviousPage: boolean;
		readonly startCursor: string | null;
		readonly endCursor: string | null;
	};
}

/** What a page is made of. */
export interface PageParts<Item, Node> {
	readonly items: readonly Item[];
	readonly nodeOf: (item: Item) => Node;
	readonly cursorOf: (item: Item, index: number) => string;
	readonly hasNextPage: boolean;
	readonly hasPreviousPage: boolean;
	/** Absent: the last item's. */
	readonly endCursor?: () => string | null;
}

/** @param fields what the page has besides; given here, since spreading a page would seal its cursors */
export function relayPage<Item, Node, Fields extends object>(
	{ items, nodeOf, cursorOf, hasNextPage, hasPreviousPage, endCursor }: PageParts<Item, Node>,
	fields: Fields,
): RelayPage<Node> & Fields {
	const cursorAt = (index: number): string | null => {
		const item = items[index];
		return item === undefined ? null : cursorOf(item, index);
	};
	const nodes = items.map(nodeOf);
	return {
		...fields,
		get edges() {
			return items.map((item, index) => ({ cursor: cursorOf(item, index), node: nodeOf(item) }));
		},
		nodes,
		pageInfo: {
			hasNextPage,
			hasPreviousPage,
			get startCursor() {
				return cursorAt(0);
			},
			get endCursor() {
				return endCursor === undefined ? cursorAt(items.length - 1) : endCursor();
			},
		},
	};
}
