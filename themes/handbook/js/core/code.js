/* Decides what the copy button takes from a block of code. It must not know the block's markup. */
(function (prepbook) {
  "use strict";
  /** Recorded sessions, where output stands between the commands. */
  const SESSION = /^(console|(shell|sh)-?session)$/;

  prepbook.core.code = {
    /** All but the last line's end; from a session the commands alone, without their prompts. */
    copyable(text, language) {
      const whole = text.replace(/\n+$/, "");
      if (!SESSION.test(language)) return whole;
      const commands = [];
      let continued = false;
      for (const line of whole.split("\n")) {
        const command = /^[$#] (.*)/.exec(line);
        if (command) commands.push(command[1]);
        else if (continued) commands.push(line.replace(/^> /, ""));
        continued = (command || continued) && line.endsWith("\\");
      }
      return commands.join("\n") || whole;
    },
    language: (classes) => /(?:^|\s)language-(\S+)/.exec(classes)?.[1] ?? "",
  };
})(prepbook);
