// Drives Firefox by WebDriver BiDi, set as Tor Browser's Safest level sets it: scripts, SVG and web
// fonts off, everything sent to a proxy but the one address that the how-to page lets through.
// Arguments: the browser, and HOST:PORT of the server. There is no proxy, so nothing else answers.
// Reads one JSON command a line, answers each with one line: {"ok": value} or {"failed": message}.
// Pages run no script; what asks about them runs outside, in a sandbox of the protocol.
import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const SAFEST = {
  "javascript.enabled": false,
  "svg.disabled": true,
  "gfx.downloadable_fonts.enabled": false,
  "network.proxy.type": 1,
  "network.proxy.socks": "127.0.0.1",
  "network.proxy.socks_port": 9,
  "network.proxy.socks_remote_dns": true,
  "network.proxy.allow_hijacking_localhost": true,
  "network.proxy.no_proxies_on": process.argv[3],
  "dom.security.https_only_mode": true,
  "network.http.referer.XOriginPolicy": 2,
  "browser.region.update.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
};
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: process.argv[2],
  headless: true,
  extraPrefsFirefox: SAFEST,
  args: ["--width=1280", "--height=900"],
});
const page = await browser.newPage();
const asked = [];
page.on("request", (request) => asked.push(request.url()));
const dialogs = [];
page.on("dialog", async (dialog) => {
  dialogs.push(dialog.message());
  await dialog.dismiss();
});

const commands = {
  size: ({ width, height }) => page.setViewport({ width, height }),
  go: async ({ address }) => (await page.goto(address, { waitUntil: "load" })).status(),
  press: async ({ keys }) => {
    const held = keys.slice(0, -1);
    for (const key of held) await page.keyboard.down(key);
    await page.keyboard.press(keys.at(-1) === "Space" ? " " : keys.at(-1));
    for (const key of held.reverse()) await page.keyboard.up(key);
  },
  type: ({ text }) => page.keyboard.type(text),
  ask: ({ script, argument }) =>
    page.evaluate(`((given) => { ${script} })(${JSON.stringify(argument)})`),
  asked: () => asked,
  dialogs: () => dialogs,
  picture: ({ path }) => page.screenshot({ path, fullPage: true }),
};

for await (const line of createInterface({ input: process.stdin })) {
  const { command, ...rest } = JSON.parse(line);
  let answer;
  try {
    answer = { ok: (await commands[command](rest)) ?? null };
  } catch (error) {
    answer = { failed: String(error.message) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
