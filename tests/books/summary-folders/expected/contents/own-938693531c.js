prepbook.data("contents/own", {"url":"own.html","entries":[{"title":"Its folder","url":"own/index.html","children":[]}]});
