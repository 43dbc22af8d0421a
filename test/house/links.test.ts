/** Links between the documents, and from the nodes to them, lead somewhere. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');
/** Pages of ours as nodes and credentials name them to n8n. */
const PUBLISHED = /telecom-billing\/blob\/main\/([^#"'\s]+)(?:#([\w-]+))?/g;
const RELATIVE = /\]\((?!https?:|mailto:|#)([^)#\s]*)(?:#([\w-]+))?\)/g;

function tracked(...patterns: readonly string[]): readonly string[] {
	return execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', ...patterns], {
		cwd: ROOT,
		encoding: 'utf8',
	})
		.split('\n')
		.filter((file) => file !== '' && existsSync(join(ROOT, file)));
}

function anchorsOf(file: string): readonly string[] {
	const headings = readFileSync(join(ROOT, file), 'utf8').match(/^#+ .+$/gm) ?? [];
	return headings.map((heading) =>
		heading
			.replace(/^#+ /, '')
			.toLowerCase()
			.replace(/[^\w\- ]/g, '')
			.replace(/ /g, '-'),
	);
}

function broken(file: string, links: RegExp, base: string): readonly string[] {
	return [...readFileSync(join(ROOT, file), 'utf8').matchAll(links)].flatMap(([, path = '', anchor]) => {
		const target = path === '' ? file : join(base, path);
		if (!existsSync(join(ROOT, target))) return [`${file} -> ${target}`];
		if (anchor === undefined || !target.endsWith('.md') || anchorsOf(target).includes(anchor)) return [];
		return [`${file} -> ${target}#${anchor}`];
	});
}

it('every link of the documents leads to a file, and to a heading in it', () => {
	const documents = tracked('*.md');
	expect(documents).toContain('README.md');
	expect(documents.flatMap((file) => broken(file, RELATIVE, dirname(file)))).toEqual([]);
});

it('every page that nodes and credentials name is there', () => {
	const sources = tracked('nodes/*.json', 'nodes/*.ts', 'credentials/*.ts', 'package.json', 'examples/*.json');
	expect(sources.length).toBeGreaterThan(10);
	expect(sources.flatMap((file) => broken(file, PUBLISHED, '.'))).toEqual([]);
});
