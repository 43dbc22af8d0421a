/** `/explorer`: GraphiQL, served from this package alone. */
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import type { FastifyInstance } from 'fastify';

import { graphFolder } from '../schema';

/** The bundle lies beside the server's; run from its sources, the server finds it where the build puts it. */
const FOLDER = basename(graphFolder) === 'dist' ? join(graphFolder, 'explorer') : join(graphFolder, 'dist', 'explorer');

const ASSETS = { 'explorer.js': 'text/javascript; charset=utf-8', 'explorer.css': 'text/css; charset=utf-8' } as const;

/** The editor sets styles from script; it needs no eval, no inline script and no other host. */
const POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	'font-src data:',
	'img-src data:',
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Telecom Billing explorer</title>
<link rel="stylesheet" href="explorer/explorer.css">
<script type="module" src="explorer/explorer.js"></script>
</head>
<body><main id="explorer">Loading the explorer ...</main></body>
</html>
`;

/** For everybody: it shows nothing that a question does not bring, and a question needs a key like any other. */
export function addExplorer(app: FastifyInstance): void {
	const open = { config: { access: 'PUBLIC' } } as const;
	app.get('/explorer', open, (_request, reply) =>
		reply.type('text/html; charset=utf-8').header('content-security-policy', POLICY).send(PAGE),
	);
	for (const [name, type] of Object.entries(ASSETS)) {
		const bytes = assetNamed(name);
		app.get(`/explorer/${name}`, open, (_request, reply) =>
			bytes === null
				? reply.code(404).send({ error: 'The explorer was not built: run `npx gulp explorer`.' })
				: reply
						.headers({ 'content-type': type, 'x-content-type-options': 'nosniff', 'cache-control': 'max-age=3600' })
						.send(bytes),
		);
	}
}

/** Null where it was not built. */
function assetNamed(name: string): Buffer | null {
	try {
		return readFileSync(join(FOLDER, name));
	} catch {
		return null;
	}
}
