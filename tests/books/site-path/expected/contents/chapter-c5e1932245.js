prepbook.data("contents/chapter", {"url":"chapter/index.html","entries":[{"title":"Page","url":"chapter/page.html","children":[]}]});
