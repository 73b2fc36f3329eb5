prepbook.data("contents/part", {"url":"part/index.html","entries":[{"title":"The second page","url":"part/second.html","children":[]}]});
