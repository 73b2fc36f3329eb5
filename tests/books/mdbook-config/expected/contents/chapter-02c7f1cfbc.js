prepbook.data("contents/chapter", {"url":"chapter.html","entries":[{"title":"Draft","url":null,"children":[]}]});
