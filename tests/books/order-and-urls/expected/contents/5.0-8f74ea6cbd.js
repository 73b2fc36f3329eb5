prepbook.data("contents/5.0", {"url":"5.0/index.html","entries":[{"title":"Changes","url":"5.0/changes.html","children":[]}]});
