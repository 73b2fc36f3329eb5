prepbook.data("contents/chapter", {"url":"chapter/index.html","entries":[{"title":"A page","url":"chapter/a-page.html","children":[]}]});
