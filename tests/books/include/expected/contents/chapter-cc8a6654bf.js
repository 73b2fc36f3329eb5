prepbook.data("contents/chapter", {"url":"chapter/index.html","entries":[{"title":"A page is included as it is","url":"chapter/page.html","children":[]}]});
