prepbook.data("contents/root", {"chapters":[{"title":"Chapter","url":"chapter.html","part":null,"file":"contents/chapter-7d98b13810.js"}]});
