prepbook.data("contents/root", {"chapters":[{"title":"Part","url":"part/index.html","part":null,"file":"contents/part-18c45983f2.js"}]});
