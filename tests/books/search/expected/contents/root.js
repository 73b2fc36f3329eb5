prepbook.data("contents/root", {"chapters":[{"title":"First","url":"first/index.html","part":null,"file":"contents/first-18328b01e0.js"}]});
