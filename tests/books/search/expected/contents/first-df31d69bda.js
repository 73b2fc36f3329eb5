prepbook.data("contents/first", {"url":"first/index.html","entries":[{"title":"Hidden","url":"first/hidden.html","children":[]}]});
