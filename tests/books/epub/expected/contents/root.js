prepbook.data("contents/root", {"chapters":[{"title":"A part","url":"part/index.html","part":null,"file":"contents/part-e4bbe35c3a.js"}]});
