prepbook.data("contents/root", {"chapters":[{"title":"First","url":"first/index.html","part":null,"file":"contents/first-df31d69bda.js"}]});
