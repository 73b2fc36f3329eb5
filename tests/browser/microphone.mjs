// A microphone for tests: espeak-ng says a sentence, stops for a while and says another, again and again: however long
// a busy machine records, the longest pause is the same. It must not know what is tested.
import { execFileSync } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Seconds for which the voice stops. */
export const PAUSE = 1.5;

/** Arguments for a browser that hears it; whoever asks for the microphone gets it, unless it is to be refused. */
export function microphone({ refused = false } = {}) {
  const file = join(mkdtempSync(join(tmpdir(), "prepbook-")), "voice.wav");
  const words = `<speak>I found the key. <break time="${PAUSE * 1000}ms"/> I replaced it in nine hours.</speak>`;
  execFileSync("espeak-ng", ["-m", "-s", "200", "-w", file, words]);
  const args = ["--use-fake-device-for-media-stream", `--use-file-for-fake-audio-capture=${file}`];
  return refused ? args : [...args, "--use-fake-ui-for-media-stream"];
}
