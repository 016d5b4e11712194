// Asks Cloudflare's own runtime for addresses of a folder, and prints status and Location of each.
// Arguments: the folder, and a JSON list of paths.
import { Log, LogLevel, Miniflare } from "miniflare";

const [directory, paths] = [process.argv[2], JSON.parse(process.argv[3])];
const said = [];
class Heard extends Log {
  warn(message) { said.push(String(message)); }
}
const host = new Miniflare({
  host: "127.0.0.1",
  port: 0,
  cf: false,
  log: new Heard(LogLevel.WARN),
  modules: true,
  compatibilityDate: "2026-04-01",
  script: "export default { fetch: () => new Response('', { status: 404 }) }",
  assets: { directory, workerName: "site", binding: "ASSETS", routerConfig: { has_user_worker: false }, assetConfig: {} },
});
const home = await host.ready;
const answers = [];
for (const path of paths) {
  const answer = await fetch(new URL(path, home), { redirect: "manual" });
  answers.push([answer.status, answer.headers.get("location") ?? ""]);
}
console.log(JSON.stringify({ answers, said }));
await host.dispose();
