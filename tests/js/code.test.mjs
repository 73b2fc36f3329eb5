// What the copy button takes.
import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./load.mjs";

const { copyable, language } = load("core/code.js").core.code;

test("the last line's end is left out, inner blank lines stay", () => {
  assert.equal(copyable("a\n\n  b\n\n", "python"), "a\n\n  b");
});

test("a shell script is copied whole, dollar signs included", () => {
  assert.equal(copyable("$ x\ny\n", "sh"), "$ x\ny");
});

test("from a session only the commands are copied, without prompts", () => {
  assert.equal(copyable("$ prepbook build\nbuilt 40 pages\n# systemctl restart nginx\n", "console"), "prepbook build\nsystemctl restart nginx");
});

test("a command that goes on over several lines is copied whole", () => {
  assert.equal(copyable("$ curl \\\n> -s \\\n> localhost\nok\n", "shell-session"), "curl \\\n-s \\\nlocalhost");
});

test("a session without any prompt is copied as it is", () => {
  assert.equal(copyable("just output\n", "console"), "just output");
});

test("the language is read from the class", () => {
  assert.equal(language("language-python"), "python");
  assert.equal(language("x language-c++ y"), "c++");
  assert.equal(language("plain"), "");
});
