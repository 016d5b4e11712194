// Reads what hosts read, as they do: `_headers` and `_redirects` by Netlify's parsers, a policy by Google's evaluator.
import { readFile } from "node:fs/promises";
import { CspEvaluator } from "csp_evaluator/dist/evaluator.js";
import { CspParser } from "csp_evaluator/dist/parser.js";
import { parseAllHeaders } from "netlify-headers-parser";
import { parseAllRedirects } from "netlify-redirect-parser";

const [what, given] = process.argv.slice(2);
if (what === "headers") {
  const { headers, errors } = await parseAllHeaders({ headersFiles: [given], minimal: true });
  console.log(JSON.stringify({ headers, errors: errors.map(String) }));
} else if (what === "redirects") {
  const { redirects, errors } = await parseAllRedirects({ redirectsFiles: [given], minimal: true });
  console.log(JSON.stringify({ redirects, errors: errors.map(String) }));
} else {
  const found = new CspEvaluator(new CspParser(await readFile(given, "utf8")).csp).evaluate();
  console.log(JSON.stringify(found.map((one) => [one.severity, one.directive, one.value ?? ""])));
}
