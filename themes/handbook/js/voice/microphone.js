/* One recording: asks for the microphone, records all of it in one file and, beside that, turns of some minutes, which alone are
   decoded for their loudness: an hour at once would take a gigabyte. Lets the microphone go when it ends. It must not know what is
   recorded, nor where it is kept. */
(function (prepbook) {
  "use strict";
  const { loudness } = prepbook.core;
  /** Of a turn: milliseconds, and samples a second that are enough for loudness. */
  const [TURN, RATE] = [5 * 60_000, 8000];
  /** Speech needs no more bits a second. The first that the browser knows: in this order since a length is known of it. */
  const BITS = 32_000;
  const TYPES = ["audio/mp4;codecs=opus", "audio/webm;codecs=opus", "audio/mp4", "audio/ogg;codecs=opus"];
  /** Decibels at which a level meter is empty. */
  const EMPTY = -60;

  /** A recorder that keeps what it is given. @param {MediaStream} stream */
  function record(stream) {
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(stream, { ...(mimeType ? { mimeType } : {}), audioBitsPerSecond: BITS });
    /** @type {Blob[]} */
    const pieces = [];
    const blob = () => new Blob(pieces, { type: recorder.mimeType });
    recorder.ondataavailable = ({ data }) => void pieces.push(data);
    recorder.start();
    // Also by itself, once the microphone is gone.
    const ended = new Promise((resolve) => (recorder.onstop = resolve));
    return {
      recorder,
      /** @returns {Promise<Blob>} */
      soFar: () => new Promise((resolve) => {
        recorder.addEventListener("dataavailable", () => resolve(blob()), { once: true });
        recorder.requestData();
      }),
      async stop() {
        if (recorder.state !== "inactive") recorder.stop();
        await ended;
        return blob();
      },
    };
  }

  /** @param {Blob} blob @returns {Promise<number[]>} */
  async function levels(blob) {
    try {
      const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await blob.arrayBuffer());
      return loudness.levels(sound.getChannelData(0), RATE);
    } catch {
      return []; // A browser that records what it cannot decode.
    }
  }

  prepbook.voice.microphone = {
    canRecord: () => !!navigator.mediaDevices?.getUserMedia && "MediaRecorder" in window,

    async open(turned) {
      const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
      const [track] = stream.getAudioTracks();
      const whole = record(stream);
      let turn = record(stream);
      /** Recorded before `since`, which is 0 while it rests; and before this turn. Milliseconds. */
      let [spent, since, before] = [0, performance.now(), 0];
      /** @type {Promise<number[]>} */
      let measured = Promise.resolve([]);

      const context = new AudioContext();
      const meter = context.createAnalyser();
      const samples = new Float32Array(meter.fftSize);
      context.createMediaStreamSource(stream).connect(meter);

      const time = () => spent + (since ? performance.now() - since : 0);
      /** Ends a turn: its levels go behind those of the turns before. */
      function measure() {
        const [ended, length] = [turn.stop(), time() - before];
        before = time();
        measured = Promise.all([measured, ended.then(levels)]).then(([all, more]) => [...all, ...(more.length ? loudness.fit(more, length) : [])]);
      }
      const timer = setInterval(async () => {
        if (whole.recorder.state !== "recording" || time() - before < TURN) return;
        measure();
        turn = record(stream);
        turned(await whole.soFar(), time());
      }, 1000);

      return {
        track,
        time,
        isOn: () => since > 0,
        level() {
          meter.getFloatTimeDomainData(samples);
          const loud = 10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length + 1e-12);
          return since ? Math.min(1, Math.max(0, 1 - loud / EMPTY)) : 0;
        },
        pause() {
          if (!since) return;
          [spent, since] = [time(), 0];
          for (const { recorder } of [whole, turn]) if (recorder.state === "recording") recorder.pause();
        },
        resume() {
          if (since) return;
          since = performance.now();
          for (const { recorder } of [whole, turn]) if (recorder.state === "paused") recorder.resume();
        },
        async stop() {
          clearInterval(timer);
          measure();
          [spent, since] = [time(), 0];
          const blob = await whole.stop();
          track.stop();
          context.close();
          return { blob, time: spent, levels: await measured };
        },
      };
    },
  };
})(prepbook);
