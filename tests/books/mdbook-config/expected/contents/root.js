prepbook.data("contents/root", {"chapters":[{"title":"Chapter","url":"chapter.html","part":null,"file":"contents/chapter-02c7f1cfbc.js"}]});
