prepbook.data("contents/404", {"url":"404/index.html","entries":[{"title":"Codes","url":"404/codes.html","children":[]}]});
