prepbook.data("contents/root", {"chapters":[{"title":"Chapter","url":"chapter/index.html","part":null,"file":"contents/chapter-c5e1932245.js"}]});
