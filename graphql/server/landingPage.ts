/** The page at `/`: what this is, and a query to copy. Plain HTML that asks nothing of any other host. */

export const SAMPLE_QUERY = `{
  bills(first: 50) {
    nodes {
      id
      provider
      number
      billDate
      total { amount currency }
      billingAccount { id name }
    }
    sources { connection { id } state complete }
  }
}`;

const STYLE = `
:root { color-scheme: light dark; --ink: #17212b; --quiet: #5b6875; --paper: #fff; --card: #f4f6f8; --line: #dde3e9; --accent: #0b6bcb; }
@media (prefers-color-scheme: dark) { :root { --ink: #e3eaf1; --quiet: #94a3b3; --paper: #12171d; --card: #1b222a; --line: #2c3640; --accent: #6cb2ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
main { max-width: 52rem; margin: 0 auto; padding: 4rem 1.25rem; }
h1 { font-size: 2.1rem; line-height: 1.2; letter-spacing: -0.02em; margin: 0 0 0.5rem; }
h2 { font-size: 1.05rem; margin: 2.5rem 0 0.6rem; }
.lead { font-size: 1.15rem; color: var(--quiet); margin: 0 0 1.75rem; }
a { color: var(--accent); }
.button { display: inline-block; padding: 0.6rem 1.1rem; border-radius: 8px; background: var(--accent); color: var(--paper); font-weight: 600; text-decoration: none; }
pre { margin: 0; padding: 1rem 1.15rem; overflow-x: auto; background: var(--card); border: 1px solid var(--line); border-radius: 10px; font: 13.5px/1.55 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 0.45rem 1rem 0.45rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--quiet); font-weight: 500; }
footer { margin-top: 3rem; color: var(--quiet); font-size: 0.9rem; }
`;

export interface LandingPageFacts {
	/** What it serves, in words. */
	readonly serves: string;
	/** As the browser knows this server, for instance `http://127.0.0.1:4000`. */
	readonly origin: string;
	/** Null where they are not everybody's business. */
	readonly connections: readonly { readonly id: string; readonly provider: string }[] | null;
	/** Whether `/explorer` is served. */
	readonly explorer: boolean;
}

export function landingPage({ serves, origin, connections, explorer }: LandingPageFacts): string {
	const key = connections === null ? ` -H 'authorization: Bearer YOUR-KEY'` : '';
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Telecom Billing GraphQL</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Telecom Billing GraphQL</h1>
<p class="lead">One graph over the bills of telecom carriers. ${escaped(serves)}</p>
${explorer ? '<p><a class="button" href="explorer">Open the explorer</a></p>' : ''}
<h2>The newest bills of all providers, in one list</h2>
<pre id="query">${escaped(SAMPLE_QUERY)}</pre>
<h2>From a terminal</h2>
<pre>curl -s -H 'content-type: application/json'${key} \\
  -d '{"query":"{ bills(first: 5) { nodes { provider number billDate total { amount currency } } } }"}' \\
  "${escaped(origin)}/graphql"</pre>
${connections === null ? '' : tableOf(connections)}
<footer>Queries go to <code>POST /graphql</code>. Health: <a href="livez">/livez</a>, <a href="readyz">/readyz</a>.</footer>
</main>
</body>
</html>
`;
}

function tableOf(connections: NonNullable<LandingPageFacts['connections']>): string {
	const rows = connections.map(({ id, provider }) => `<tr><td>${escaped(id)}</td><td>${escaped(provider)}</td></tr>`);
	return `<h2>Connections</h2>
<table><thead><tr><th>Id</th><th>Provider</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>`;
}

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
