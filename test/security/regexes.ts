/** Every regular expression of what ships, found by the TypeScript parser: there are none but literals. */
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

import ts from 'typescript';

export interface Regex {
	/** `providers/transport/url.ts:21`. */
	readonly place: string;
	readonly source: string;
	readonly flags: string;
}

const ROOT = join(__dirname, '../..');
const SHIPPED = ['providers', 'finance', 'nodes', 'credentials', 'graphql'];
const NOT_OURS = /(?:^|\/)(?:node_modules|dist|generated)(?:\/|$)/;

export function regexesOfWhatShips(): readonly Regex[] {
	return SHIPPED.flatMap((folder) =>
		readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
			.filter((file) => file.endsWith('.ts') && !NOT_OURS.test(file))
			.flatMap((file) => regexesIn(join(ROOT, folder, file))),
	);
}

function regexesIn(file: string): readonly Regex[] {
	const tree = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
	const found: Regex[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isIdentifier(node) && node.text === 'RegExp' && !ts.isTypeNode(node.parent)) {
			throw new Error(`${relative(ROOT, file)} makes a regular expression as it runs, which nothing here can try`);
		}
		if (node.kind === ts.SyntaxKind.RegularExpressionLiteral) {
			const { line } = tree.getLineAndCharacterOfPosition(node.getStart());
			const [, source = '', flags = ''] = /^\/(.*)\/([a-z]*)$/s.exec(node.getText()) ?? [];
			found.push({ place: `${relative(ROOT, file)}:${line + 1}`, source, flags });
		}
		ts.forEachChild(node, visit);
	};
	visit(tree);
	return found;
}
