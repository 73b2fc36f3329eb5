prepbook.data("contents/notes", {"url":"notes/index.html","entries":[{"title":"First","url":"notes/first.html","children":[]},{"title":"Second","url":"notes/second.html","children":[]}]});
