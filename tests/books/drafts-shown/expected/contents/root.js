prepbook.data("contents/root", {"chapters":[{"title":"Published","url":"published.html","part":null,"file":null},{"title":"Draft","url":"draft.html","part":null,"file":null}]});
