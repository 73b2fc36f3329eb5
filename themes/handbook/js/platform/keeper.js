/* Keeps the reader's practice: small records where settings are, logs in a database, both under the book's id. What cannot be
   kept is remembered for as long as the page is open, and the document hears `prepbook:unkept` with the reason. It must not know
   what is kept. */
(function (prepbook) {
  "use strict";
  const { keeping } = prepbook.core;
  const { store } = prepbook.platform;
  const LOG = "log";
  const address = (/** @type {string} */ name, /** @type {string} */ id) => `practice.${name}.${id}`;
  /** @type {Map<string, unknown>} by address */
  const unkept = new Map();

  /** @param {string} name */
  const tell = (name) => document.dispatchEvent(new CustomEvent("prepbook:kept", { detail: name }));

  /** @param {"full" | "blocked" | "later"} reason @returns {false} */
  function complain(reason) {
    document.dispatchEvent(new CustomEvent("prepbook:unkept", { detail: reason }));
    return false;
  }
  /** Where something is kept already there is no room for more; elsewhere nothing is let in. */
  const refusal = () => (store.keys("").length > 0 ? "full" : "blocked");

  /** @param {Partial<Diary>} change */
  const note = (change) => store.write("practice-diary", { ...keeper.diary(), ...change });

  /** @param {string} name */
  function changed(name) {
    note({ first: keeper.diary().first || Date.now(), changed: Date.now() });
    // For other tabs, which are told of what is in this storage alone, and for older editions, which must not touch the log.
    if (keeping.collections[name].log) store.write("practice." + name, [keeping.version(name), Date.now()]);
    tell(name);
  }

  /** Whether a later edition of the book has written it. @param {string} name @param {unknown[]} sealed */
  const isLater = (name, [version]) => !keeping.collections[name] || Number(version) > keeping.version(name);
  const sealed = (/** @type {string} */ place) => store.read(place, /** @type {unknown[]} */ ([]));

  /** @type {Promise<IDBDatabase> | undefined} */
  let opening;
  const database = () => (opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("prepbook." + document.documentElement.dataset.book, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(LOG);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // Never in the way of a later edition, in another tab.
      request.result.onversionchange = () => {
        request.result.close();
        opening = undefined;
      };
      resolve(request.result);
    };
  }));

  /** All of it or nothing. @template T @param {IDBTransactionMode} mode @param {(log: IDBObjectStore) => IDBRequest<T> | void} work @returns {Promise<T>} */
  async function transact(mode, work) {
    const transaction = (await database()).transaction(LOG, mode);
    const request = work(transaction.objectStore(LOG));
    return new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve(/** @type {T} */ (request?.result));
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }
  /** @param {string} name */
  const range = (name) => IDBKeyRange.bound([name], [name, []]);

  /** Puts these in the place of all that is there. @param {Kept} kept */
  async function fill(kept) {
    const belongs = (/** @type {{name: string, id: string}} */ { name, id }) => {
      const { of } = keeping.collections[name];
      return !of || Object.hasOwn(kept[of]?.records ?? {}, id);
    };
    const records = Object.entries(kept).flatMap(([name, part]) => Object.entries(part.records).map(([id, value]) => ({ name, id, value }))).filter(belongs);
    const isLog = (/** @type {{name: string}} */ { name }) => !!keeping.collections[name].log;
    const keys = await transact("readonly", (log) => log.getAllKeys()).catch(() => []);
    if (keys.length || records.some(isLog)) {
      await transact("readwrite", (log) => {
        // What is large is not written anew.
        const stays = new Set(/** @type {string[][]} */ (keys).filter(([name, id]) => keeping.collections[name]?.of && belongs({ name, id })).map(String));
        for (const key of keys) if (!stays.has(String(key))) log.delete(key);
        for (const { name, id, value } of records.filter(isLog)) if (!stays.has(`${name},${id}`)) log.put([keeping.version(name), value], [name, id]);
      });
    }
    // The new ones first: whatever ends the page in between, nothing is there no more.
    const fresh = records.filter((record) => !isLog(record)).map(({ name, id, value }) => {
      if (!store.write(address(name, id), [keeping.version(name), value])) throw new Error("full");
      return address(name, id);
    });
    for (const key of store.keys("practice.")) if (!fresh.includes(key)) store.write(key, undefined);
  }

  /** @param {keyof Records} name */
  const small = (name) => keeper.ids(name).map((id) => [id, keeper.get(name, id)]);

  /** @type {Prepbook["platform"]["keeper"]} */
  const keeper = {
    get(name, id) {
      const place = address(name, id);
      if (unkept.has(place)) return /** @type {any} */ (unkept.get(place));
      const [version, value] = sealed(place);
      return /** @type {any} */ (keeping.open(name, version, value));
    },

    set(name, id, value) {
      const place = address(name, id);
      const later = isLater(name, sealed(place));
      if (!later && store.write(place, value && [keeping.version(name), value])) {
        unkept.delete(place);
        changed(name);
        return true;
      }
      unkept.set(place, value);
      tell(name);
      return complain(later ? "later" : refusal());
    },

    ids(name) {
      const start = address(name, "");
      const kept = [...store.keys(start), ...unkept.keys()].filter((place) => place.startsWith(start));
      return [...new Set(kept)].map((place) => place.slice(start.length)).filter((id) => keeper.get(name, id) !== undefined);
    },

    watch(name, listener, signal) {
      document.addEventListener("prepbook:kept", ({ detail }) => detail === name && listener(), { signal });
      store.watch("practice." + name, listener, signal);
    },

    async add(name, id, value) {
      try {
        await transact("readwrite", (log) => log.put([keeping.version(name), value], [name, id]));
      } catch (error) {
        return complain(/** @type {{name?: string}} */ (error)?.name === "QuotaExceededError" ? "full" : "blocked");
      }
      changed(name);
      return true;
    },

    async remove(name, id) {
      try {
        await transact("readwrite", (log) => {
          for (const [other, { of }] of Object.entries(keeping.collections)) if (other === name || of === name) log.delete([other, id]);
        });
      } catch {
        return complain(refusal());
      }
      changed(name);
      return true;
    },

    async log(name) {
      const [keys, entries] = await Promise.all([
        transact("readonly", (log) => log.getAllKeys(range(name))),
        transact("readonly", (log) => log.getAll(range(name))),
      ]).catch(() => (complain(refusal()), [[], []])); // A copy would lack them.
      const records = keys.map((key, index) => [/** @type {string[]} */ (key)[1], keeping.open(name, entries[index][0], entries[index][1])]);
      return Object.fromEntries(records.filter(([, record]) => record !== undefined));
    },

    async all() {
      /** @type {Kept} */
      const kept = {};
      for (const [name, { log }] of Object.entries(keeping.collections)) {
        const records = log ? await keeper.log(/** @type {never} */ (name)) : Object.fromEntries(small(/** @type {keyof Records} */ (name)));
        if (Object.keys(records).length) kept[name] = { version: keeping.version(name), records };
      }
      return kept;
    },

    async replace(kept) {
      const places = store.keys("practice.").map((place) => ({ name: place.split(".")[1], sealed: sealed(place) }));
      if (places.some(({ name, sealed }) => isLater(name, sealed))) return complain("later");
      const before = await keeper.all();
      try {
        await fill(kept);
      } catch {
        await fill(before).catch(() => undefined); // There was room for it.
        return complain(refusal());
      }
      unkept.clear();
      Object.keys(keeping.collections).forEach(changed);
      return true;
    },

    diary: () => ({ first: 0, changed: 0, saved: 0, asked: 0, ...store.read("practice-diary", /** @type {Partial<Diary>} */ ({})) }),
    note,
  };
  prepbook.platform.keeper = keeper;
})(prepbook);
