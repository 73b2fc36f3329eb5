prepbook.data("contents/root", {"chapters":[{"title":"Chapter","url":"chapter.html","part":null,"file":null}]});
