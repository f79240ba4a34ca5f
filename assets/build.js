// Builds what a browser gets, from our own sources and the packages npm installed, into build/static (never committed).

import { copyFile, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import esbuild from "esbuild";
import * as sass from "sass";

const checkout = dirname(dirname(fileURLToPath(import.meta.url)));
const packages = join(checkout, "node_modules");
const finished = join(checkout, "build", "static", "rowan");
// Made beside it and put in place whole, so that a failed build leaves the pages as they were.
const out = join(checkout, "build", "rowan.unfinished");

// A crown or a government crest belongs to services on GOV.UK; ours shows neither.
const NOT_OURS_TO_SHOW = /crown|crest|logotype|opengraph|touch-icon/;

await rm(out, { recursive: true, force: true });
await mkdir(join(out, "images"), { recursive: true });

const styles = sass.compile(join(checkout, "assets", "rowan.scss"), {
  // Both roots: MOJ's patterns name GOV.UK Frontend from the checkout, and other packages from node_modules.
  loadPaths: [checkout, packages],
  style: "compressed",
  quietDeps: true,
  logger: {
    // The two systems' own warnings about each other are theirs to act on.
    warn(message, { span, stack }) {
      if (!(stack ?? String(span?.url)).includes("node_modules")) {
        console.warn(`rowan.scss: ${message}`);
      }
    },
  },
});
await writeFile(join(out, "rowan.css"), styles.css);

await esbuild.build({
  entryPoints: [join(checkout, "assets", "rowan.js")],
  outfile: join(out, "rowan.js"),
  absWorkingDir: checkout,
  bundle: true,
  format: "esm",
  target: "es2020",
  minify: true,
  legalComments: "none",
  logLevel: "warning",
});

const images = join(packages, "@ministryofjustice", "frontend", "moj", "assets", "images");
for (const name of await readdir(images)) {
  if (name.endsWith(".svg") && !NOT_OURS_TO_SHOW.test(name)) {
    await copyFile(join(images, name), join(out, "images", name));
  }
}
// The footer's styles name this file, and the static storage wants every named file to be there: an empty picture is.
await writeFile(join(out, "images", "govuk-crest.svg"), '<svg xmlns="http://www.w3.org/2000/svg"/>\n');
await copyFile(join(checkout, "assets", "favicon.svg"), join(out, "favicon.svg"));

await mkdir(dirname(finished), { recursive: true });
await rm(finished, { recursive: true, force: true });
await rename(out, finished);
