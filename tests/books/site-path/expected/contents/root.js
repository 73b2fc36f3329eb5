prepbook.data("contents/root", {"chapters":[{"title":"Chapter","url":"chapter/index.html","part":null,"file":"contents/chapter-5229f357c4.js"}]});
