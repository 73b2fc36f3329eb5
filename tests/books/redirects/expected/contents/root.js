prepbook.data("contents/root", {"chapters":[{"title":"Page","url":"page.html","part":null,"file":null},{"title":"Other","url":"other.html","part":null,"file":null}]});
