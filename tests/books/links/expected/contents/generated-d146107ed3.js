prepbook.data("contents/generated", {"url":"generated/index.html","entries":[{"title":"Only","url":"generated/only.html","children":[]}]});
