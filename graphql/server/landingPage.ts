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

export interface LandingPageFacts {
	/** What it serves, in words. */
	readonly serves: string;
	/** As the browser knows this server, for instance `http://127.0.0.1:4000`. */
	readonly origin: string;
	readonly connections: readonly { readonly id: string; readonly provider: string }[];
}

export function landingPage({ serves, origin, connections }: LandingPageFacts): string {
	const rows = connections.map(({ id, provider }) => `<tr><td>${escaped(id)}</td><td>${escaped(provider)}</td></tr>`);
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Telecom Billing GraphQL</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 3rem auto; padding: 0 1rem; color: #1d2733; }
pre { background: #f3f5f7; padding: 1rem; overflow-x: auto; border-radius: 6px; }
td, th { text-align: left; padding: 0.2rem 1.5rem 0.2rem 0; }
@media (prefers-color-scheme: dark) { body { background: #14191f; color: #dfe6ee; } pre { background: #222a33; } }
</style>
</head>
<body>
<h1>Telecom Billing GraphQL</h1>
<p>One graph over the bills of telecom carriers. ${escaped(serves)}</p>
<p>Send GraphQL queries to <code>POST /graphql</code>, for instance the newest bills of all providers in one list:</p>
<pre id="query">${escaped(SAMPLE_QUERY)}</pre>
<p>From a terminal:</p>
<pre>curl -s -H 'content-type: application/json' \\
  -d '{"query":"{ bills(first: 5) { nodes { provider number billDate total { amount currency } } } }"}' \\
  "${escaped(origin)}/graphql"</pre>
<h2>Connections</h2>
<table><tr><th>Id</th><th>Provider</th></tr>
${rows.join('\n')}
</table>
<p>The schema describes itself: every type and field has a description. Health: <a href="/livez">/livez</a>, <a href="/readyz">/readyz</a>.</p>
</body>
</html>
`;
}

function escaped(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
